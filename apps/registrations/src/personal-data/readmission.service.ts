import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import { type Caller, conflict, type PageQuery, paginate } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { personOf } from '../registrations/registration.mapping';
import { ErasureMarks } from './erasure-marks';
import { type ReadmissionAnswer, type ReadmissionBody, type ReadmissionPage } from './readmission.dto';
import { Readmission } from './readmission.entity';

/** Lets somebody who was erased, and wishes to come after all, sign up again. What was erased stays so. */
@Injectable()
export class ReadmissionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly marks: ErasureMarks,
  ) {}

  async readmit(caller: Caller, eventId: string, body: ReadmissionBody, dryRun: boolean): Promise<ReadmissionAnswer> {
    const { tenantId, keyId } = caller;
    const { organization, externalRefs, reason } = body;
    const whom = {
      person: personOf(body.person),
      organization: { id: null, name: organization?.name ?? null },
      externalRefs: externalRefs ?? [],
    };
    const work = async (manager: EntityManager): Promise<ReadmissionAnswer> => {
      await this.events.own(manager, eventId);
      await this.events.known(manager, tenantId, eventId);
      const marks = await this.marks.lift(manager, eventId, whom);
      if (marks === 0)
        throw conflict('not-erased', 'Nobody of this document, e-mail and name or reference was erased.');
      const id = newId();
      await manager.insert(Readmission, { id, tenantId, eventId, keyId, reason, marks });
      return answerOf(await manager.findOneByOrFail(Readmission, { id }));
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  async list({ tenantId }: Caller, eventId: string, page: PageQuery): Promise<ReadmissionPage> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    const query = manager.createQueryBuilder(Readmission, 'readmission').where({ tenantId, eventId });
    const { items, nextCursor } = await paginate(query, page);
    return { items: items.map(answerOf), nextCursor };
  }
}

function answerOf({ id, eventId, keyId, reason, marks, createdAt }: Readmission): ReadmissionAnswer {
  return { id, eventId, keyId, reason, marks, createdAt: createdAt.toISOString() };
}
