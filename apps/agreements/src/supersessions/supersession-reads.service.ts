import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, notFound } from '@expo-accord/http';
import { In } from 'typeorm';
import { Agreement } from '../agreements/agreement.entity';
import { type SupersessionsAnswer } from './supersession.dto';
import { Supersession } from './supersession.entity';
import { edgeOf } from './supersession.rules';

@Injectable()
export class SupersessionReads {
  constructor(private readonly transactions: Transactions) {}

  /** Of what it takes the place, and what takes its place, whichever of the two says so. */
  async of(caller: Caller, id: string): Promise<SupersessionsAnswer> {
    const { manager } = this.transactions;
    const { tenantId } = caller;
    if (!(await manager.existsBy(Agreement, { id, tenantId }))) throw notFound('agreement', id);
    const said = await manager.find(Supersession, {
      where: [
        { tenantId, supersededId: id },
        { tenantId, supersedingId: id },
      ],
    });
    const declaring = await manager.find(Agreement, {
      where: { tenantId, id: In(said.map(({ declaredById }) => declaredById)) },
      order: { id: 'ASC' },
    });
    const items = declaring.flatMap((agreement) =>
      (agreement.content.links ?? []).flatMap((link) => {
        const edge = edgeOf(agreement.id, link);
        if (!edge || (edge.supersededId !== id && edge.supersedingId !== id)) return [];
        return [{ ...edge, part: link.part ?? null, on: link.on ?? null, declaredById: agreement.id }];
      }),
    );
    return { items, nextCursor: null };
  }
}
