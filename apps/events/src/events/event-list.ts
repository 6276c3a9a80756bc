import { type PageOrder } from '@expo-accord/http';
import { type Narrowing } from '../records/record.service';
import { type EventListQuery, type EventSort } from './event.dto';
import { type EventEntity } from './event.entity';

const columnOf = { createdAt: 'id', startsOn: 'firstDay', updatedAt: 'updatedAt' } as const;

/** Which events a list shows beyond those with an exact value in a column, and in which order. */
export function eventNarrowing({ side, industry, from, to, sort }: EventListQuery): Narrowing<EventEntity> {
  return {
    narrow: (query) => {
      if (side !== undefined) query.andWhere('record.details @> :side', { side: { economies: [side] } });
      if (industry !== undefined) {
        const listed = { focusIndustries: { items: [{ code: industry }] } };
        query.andWhere('record.details @> :industry', { industry: listed });
      }
      if (from !== undefined) query.andWhere('record.lastDay >= :from', { from });
      if (to !== undefined) query.andWhere('record.firstDay <= :to', { to });
    },
    order: sort === undefined || sort === 'createdAt' ? undefined : orderOf(sort),
  };
}

function orderOf(sort: EventSort): PageOrder {
  const name = sort.replace('-', '') as keyof typeof columnOf;
  return { by: columnOf[name], descending: sort.startsWith('-') };
}
