import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type FieldProblem, invalid, invalidField } from '@expo-accord/http';
import { type EntityManager, In } from 'typeorm';
import { Agreement } from '../agreements/agreement.entity';
import { Supersession } from './supersession.entity';
import { edgeOf, type LinkFacts, type SupersessionEdge } from './supersession.rules';

/** Who takes whose place. Nobody takes his own, through however many others. */
@Injectable()
export class Supersessions {
  /** That somebody can take its place of whom outsiders may know. */
  async assertSuccessor(
    manager: EntityManager,
    { tenantId }: Agreement,
    { supersededById: id, part }: { supersededById?: string | null; part?: unknown },
  ): Promise<void> {
    if (id == null) {
      if (part == null) return;
      throw invalidField('/supersededById', 'required', 'A part is superseded by an agreement that is known.');
    }
    const successor = await manager.findOneBy(Agreement, { id, tenantId });
    if (!successor) throw invalidField('/supersededById', 'agreement-unknown', `There is no agreement ${id}.`);
    if (successor.disclosed) return;
    throw invalidField('/supersededById', 'agreement-not-public', 'It is not agreed yet, or it is kept back.');
  }

  /**
   * Checks what the agreement's links lead to and keeps what they say of supersession.
   * @param earlier its links as they were; what they led to is not asked for again
   */
  async keep(
    manager: EntityManager,
    agreement: Agreement,
    earlier: readonly LinkFacts[],
    pointerOf: (pointer: string) => string,
  ): Promise<void> {
    const links: readonly LinkFacts[] = agreement.content.links ?? [];
    if (isDeepStrictEqual(plain(links), plain(earlier))) return;
    await this.assertKnown(manager, agreement, links, earlier, pointerOf);
    const edges = links.flatMap((link, at) => {
      const edge = edgeOf(agreement.id, link);
      return edge ? [{ ...edge, pointer: pointerOf(`/links/${at}/agreementId`) }] : [];
    });
    const had = earlier.flatMap((link) => edgeOf(agreement.id, link) ?? []);
    if (edges.length === 0 && had.length === 0) return;
    const isNew = (edge: SupersessionEdge): boolean =>
      !had.some((each) => each.supersededId === edge.supersededId && each.supersedingId === edge.supersedingId);
    // Those that were there first: it is a new one that closes a circle.
    edges.sort((one, other) => Number(isNew(one)) - Number(isNew(other)));
    const { tenantId, id: declaredById } = agreement;
    // One at a time in a tenant: two that are sound by themselves can make a circle together.
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('supersession'), hashtext($1))`, [tenantId]);
    await this.forget(manager, agreement);
    for (const { pointer, ...edge } of edges) {
      await assertNoCircle(manager, tenantId, edge, pointer);
      await manager.upsert(Supersession, { tenantId, declaredById, ...edge }, [
        'tenantId',
        'declaredById',
        'supersededId',
        'supersedingId',
      ]);
    }
  }

  /** What the agreement has said of it. */
  async forget(manager: EntityManager, { tenantId, id: declaredById }: Agreement): Promise<void> {
    await manager.delete(Supersession, { tenantId, declaredById });
  }

  private async assertKnown(
    manager: EntityManager,
    { tenantId, id: ownId }: Agreement,
    links: readonly LinkFacts[],
    earlier: readonly LinkFacts[],
    pointerOf: (pointer: string) => string,
  ): Promise<void> {
    const before = new Set(earlier.map(({ agreementId }) => agreementId));
    const ids = links.flatMap(({ agreementId }) => (agreementId && !before.has(agreementId) ? [agreementId] : []));
    if (ids.length === 0) return;
    const found = await manager.find(Agreement, { select: { id: true }, where: { tenantId, id: In(ids) } });
    const known = new Set(found.map(({ id }) => id));
    const problems = links.flatMap(({ agreementId }, at): FieldProblem[] => {
      if (!agreementId || before.has(agreementId) || (known.has(agreementId) && agreementId !== ownId)) return [];
      const isItself = agreementId === ownId;
      const code = isItself ? 'link-to-itself' : 'agreement-unknown';
      const detail = isItself ? 'An agreement has no link to itself.' : `There is no agreement ${agreementId}.`;
      return [{ pointer: pointerOf(`/links/${at}/agreementId`), code, detail }];
    });
    if (problems.length > 0) throw invalid(problems);
  }
}

/** From the one that takes the place on to those that take its own: the one whose place is taken is not among them. */
async function assertNoCircle(
  manager: EntityManager,
  tenantId: string,
  { supersededId, supersedingId }: SupersessionEdge,
  pointer: string,
): Promise<void> {
  const [circle] = await manager.query<unknown[]>(
    `WITH RECURSIVE later (id) AS (
       SELECT $3::uuid
       UNION
       SELECT s.superseding_id FROM agreement_supersession AS s JOIN later ON s.tenant_id = $1 AND s.superseded_id = later.id
     )
     SELECT 1 FROM later WHERE id = $2`,
    [tenantId, supersededId, supersedingId],
  );
  if (!circle) return;
  throw invalidField(pointer, 'supersession-circular', `${supersedingId} is itself superseded by ${supersededId}.`);
}

const plain = (links: readonly LinkFacts[]): unknown => JSON.parse(JSON.stringify(links));
