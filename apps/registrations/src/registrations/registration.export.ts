import { type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, csvFile } from '@expo-accord/http';
import { MergedOrganizations } from '@expo-accord/organizations';
import { EventCopyStore } from '../events/event-copy.store';
import { type RegistrationAnswer } from './registration.answer';
import { RegistrationQuery } from './registration.dto';
import { RegistrationList } from './registration.list';

const AT_ONCE = 500;

/**
 * Named as the columns of an import are: without those that only tell (id, createdAt, updatedAt, version, and of what is no
 * history status, historical and registeredOn), what was exported can be corrected and imported.
 */
const before = ['id', 'status', 'category', 'economy', 'mode', 'language', 'person.name.order'];
const behindNames = [
  'person.name.romanized',
  'person.email',
  'person.phone',
  'person.document.kind',
  'person.document.number',
  'person.document.economy',
  'organization.id',
  'organization.name',
  'formVersion',
];
const behindAnswers = ['notify', 'historical', 'registeredOn.edtf', 'createdAt', 'updatedAt', 'version'];

/** The registrations for an event as a CSV file that Excel opens rightly. */
@Injectable()
export class RegistrationExport {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly lists: RegistrationList,
    private readonly merged: MergedOrganizations,
  ) {}

  /**
   * All pages of the list, one at a time. A language or answer that nobody has used when it begins has no column.
   */
  async csv(caller: Caller, eventId: string, query: RegistrationQuery): Promise<Readable> {
    // Before the first byte, so that an unknown event is still a 404.
    await this.events.known(this.transactions.manager, caller.tenantId, eventId);
    const columns = await this.columns(caller, eventId);
    return csvFile(columns, this.pages(caller, eventId, query));
  }

  private async *pages(
    caller: Caller,
    eventId: string,
    query: RegistrationQuery,
  ): AsyncGenerator<readonly RegistrationAnswer[]> {
    let cursor = query.cursor;
    do {
      const page = { limit: AT_ONCE, ...(cursor !== undefined && { cursor }) };
      const asked = Object.assign(new RegistrationQuery(), query, page);
      const { items, nextCursor } = await this.lists.list(caller, eventId, asked);
      yield await this.withSurvivors(caller, items);
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  private async withSurvivors({ tenantId }: Caller, items: RegistrationAnswer[]): Promise<RegistrationAnswer[]> {
    const idOf = ({ organization }: RegistrationAnswer): string => (organization as { id?: string } | null)?.id ?? '';
    const ids = new Set(items.map(idOf).filter((id) => id !== ''));
    const survivors = await this.merged.survivorsOf(tenantId, [...ids]);
    return items.map((item) => {
      const id = survivors.get(idOf(item));
      return id === undefined ? item : Object.assign(item, { organization: { ...item.organization, id } });
    });
  }

  private async columns({ tenantId }: Caller, eventId: string): Promise<string[]> {
    const [used] = await this.transactions.manager.query<
      { tags: string[]; answers: string[]; refs: number; sessions: number }[]
    >(
      `WITH own AS (SELECT p.name, p.answers, r.external_refs, r.session_ids
                      FROM registration r JOIN registrant p ON p.registration_id = r.id
                     WHERE r.tenant_id = $1 AND r.event_id = $2)
       SELECT ARRAY(SELECT DISTINCT jsonb_object_keys(name -> 'texts') AS k FROM own ORDER BY k) AS tags,
              ARRAY(SELECT DISTINCT jsonb_object_keys(answers) AS k FROM own ORDER BY k) AS answers,
              (SELECT coalesce(max(jsonb_array_length(external_refs)), 0)::integer FROM own) AS refs,
              (SELECT coalesce(max(cardinality(session_ids)), 0)::integer FROM own) AS sessions`,
      [tenantId, eventId],
    );
    const { tags = [], answers = [], refs = 0, sessions = 0 } = used ?? {};
    const numbers = (length: number): number[] => Array.from({ length }, (_, index) => index);
    return [
      ...before,
      ...numbers(refs).flatMap((n) => [`externalRefs.${n}.system`, `externalRefs.${n}.id`]),
      ...numbers(sessions).map((n) => `sessionIds.${n}`),
      ...tags.map((tag) => `person.name.texts.${tag}`),
      ...behindNames,
      // One with a dot in it could not be told from a field in a field.
      ...answers.filter((name) => !name.includes('.')).map((name) => `answers.${name}`),
      ...behindAnswers,
    ];
  }
}
