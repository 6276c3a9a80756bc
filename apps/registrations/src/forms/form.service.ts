import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, conflict, invalid, invalidField, Problem } from '@expo-accord/http';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { EventCopyStore } from '../events/event-copy.store';
import { TicketCategory } from '../tickets/ticket-category.entity';
import { type FormVersionAnswer } from './form.dto';
import { formProblems } from './form.rules';
import { FORM_DIALECT } from './form-schema.rules';
import { RegistrationForm } from './registration-form.entity';

const MOST_VERSIONS = 100;

/** What an event asks of those who sign up. */
@Injectable()
export class FormService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /** From now on sign-ups answer this version, unless they name an earlier one. */
  async set(
    { tenantId }: Caller,
    eventId: string,
    category: string | null,
    schema: Record<string, unknown>,
  ): Promise<FormVersionAnswer> {
    const problems = formProblems(schema);
    if (problems.length > 0) throw invalid(problems);
    return this.transactions.retrying(async (manager) => {
      await this.events.own(manager, eventId);
      const { newestForm } = await this.events.known(manager, tenantId, eventId);
      if (category !== null && !(await manager.existsBy(TicketCategory, { eventId, code: category }))) {
        throw invalidField('/category', 'category-unknown', 'The event has no such ticket category.');
      }
      const version = (newestForm ?? 0) + 1;
      if (version > MOST_VERSIONS) {
        throw conflict('form-versions-used-up', `An event may have ${MOST_VERSIONS} versions of its forms.`);
      }
      await manager.insert(RegistrationForm, { eventId, version, tenantId, category, schema: schema as object });
      const { createdAt } = await manager.findOneByOrFail(RegistrationForm, { eventId, version });
      return { eventId, category, version, url: this.urlOf(eventId, version), createdAt: createdAt.toISOString() };
    });
  }

  /** @param version null for the newest of the category, or of the event where that has none of its own */
  async get(
    { tenantId }: Caller,
    eventId: string,
    category: string | null,
    version: number | null,
  ): Promise<{ version: number; schema: Record<string, unknown> }> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    const [found] = await manager.query<{ version: number; schema: Record<string, unknown> }[]>(
      `SELECT version, schema FROM registration_form
        WHERE event_id = $1 AND ($3::integer IS NULL OR version = $3)
          AND (category IS NULL OR category = $2 OR ($2 IS NULL AND version = $3))
        ORDER BY (category = $2) DESC NULLS LAST, version DESC LIMIT 1`,
      [eventId, category, version],
    );
    if (found === undefined) {
      throw new Problem('notFound', 'registration-form-not-found', 'The event has no such registration form.');
    }
    // Put there anew: whoever sends back what was read here has sent them along.
    const { $schema, $id, ...schema } = found.schema;
    const own = { $schema: FORM_DIALECT, $id: this.urlOf(eventId, found.version) };
    return { version: found.version, schema: { ...own, ...schema } };
  }

  private urlOf(eventId: string, version: number): string {
    return `${this.config.PUBLIC_URL}/v1/events/${eventId}/registration-form?version=${version}`;
  }
}
