import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller, conflict, invalidField } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ExternalRefs } from '../records/external-refs';
import { ancestorIds } from '../records/hierarchy';
import { ownIdentities } from '../records/identities';
import { type RecordBody } from '../records/record.dto';
import { answerOf, bodyOf, columnsOf } from '../records/record.mapping';
import { Records } from '../records/record.service';
import { type MasterAnswer, MasterRecords, refuseMerged } from './master-records.service';
import { type MasterEntity } from './master.entity';
import { type MasterResource } from './master-resource';
import { joined } from './merge.rules';
import { References } from './references.service';

/**
 * Two records of the same organisation, person or place become one. The duplicate stays readable and says which one
 * stands for it; its names, codes and external references go over to that one, and so does all that led to it.
 */
@Injectable()
export class Merging {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly masters: MasterRecords,
    private readonly references: References,
    private readonly externalRefs: ExternalRefs,
  ) {}

  /** @param version of the duplicate, as the caller has seen it */
  async merge<B extends RecordBody, E extends MasterEntity>(
    resource: MasterResource<B, E>,
    caller: Caller,
    id: string,
    version: number,
    into: string,
    dryRun = false,
  ): Promise<MasterAnswer<B>> {
    const work = async (manager: EntityManager): Promise<MasterAnswer<B>> => {
      await ownIdentities(manager, caller.tenantId);
      const duplicate = await this.records.locked(resource, caller, id, manager);
      assertVersion(duplicate.version, version);
      refuseMerged(resource.what, duplicate);
      const survivorId = await this.survivorFor(manager, resource, duplicate, into);
      await this.references.move(manager, {
        tenantId: caller.tenantId,
        what: resource.what,
        from: duplicate.id,
        to: survivorId,
      });
      await this.absorb(manager, resource, survivorId, duplicate);
      const values = { mergedIntoId: survivorId } as Partial<E>;
      for (const earlier of await this.duplicatesOf(manager, resource, duplicate)) {
        await this.records.write(manager, resource, earlier, values);
      }
      const merged = await this.records.write(manager, resource, duplicate, values);
      await this.masters.tellMerged(manager, resource, merged, survivorId);
      return answerOf(resource, merged) as MasterAnswer<B>;
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  /** @throws Problem where it can stand for nothing, or not for this one */
  private async survivorFor<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    { entity, what }: MasterResource<B, E>,
    { id, tenantId }: E,
    into: string,
  ): Promise<string> {
    const refuse = (code: string, detail: string): Error => invalidField('/intoId', code, detail);
    const survivor = await manager
      .createQueryBuilder(entity, 'record')
      .where('record.id = :into AND record.tenantId = :tenantId', { into, tenantId })
      .getOne();
    if (survivor === null) throw refuse('reference-unknown', `There is no such ${what}.`);
    if (survivor.id === id) throw refuse('merged-into-itself', 'A record cannot be a duplicate of itself.');
    if (survivor.mergedIntoId !== null) {
      const detail = `This ${what} was merged itself, into ${survivor.mergedIntoId}; name that one.`;
      throw refuse('reference-merged', detail);
    }
    if (what === 'person') return survivor.id;
    if ((await ancestorIds(manager, what, tenantId, survivor.id)).includes(id)) {
      const detail = `The ${what} that would stay is part of the duplicate; give it another parent first.`;
      throw conflict(`${what}-cycle`, detail, { intoId: survivor.id });
    }
    return survivor.id;
  }

  private async absorb<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    resource: MasterResource<B, E>,
    survivorId: string,
    duplicate: E,
  ): Promise<void> {
    const { tenantId } = duplicate;
    const survivor = await this.records.locked(resource, { tenantId }, survivorId, manager);
    const body = bodyOf(resource, survivor);
    const next = Object.assign(body, resource.absorbed(body, bodyOf(resource, duplicate)), {
      externalRefs: joined(survivor.externalRefs, duplicate.externalRefs),
    });
    await this.externalRefs.move(manager, tenantId, duplicate.id, survivorId);
    const written = await this.records.write(manager, resource, survivor, columnsOf(resource, next));
    await this.masters.tellRecorded(manager, resource, written);
  }

  private duplicatesOf<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    { entity }: MasterResource<B, E>,
    { id, tenantId }: E,
  ): Promise<E[]> {
    return manager
      .createQueryBuilder(entity, 'record')
      .where('record.tenantId = :tenantId AND record.mergedIntoId = :id', { tenantId, id })
      .orderBy('record.id')
      .getMany();
  }
}
