import { Transactions } from '@expo-accord/database';
import { eventChanged, eventPublished } from '@expo-accord/contracts';
import { actionNotAllowed, type Caller, conflict, invalidField, type Page, requireScope } from '@expo-accord/http';
import { Outbox, outgoing, type OutgoingMessage } from '@expo-accord/messaging';
import { type PartialDate } from '@expo-accord/values';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { FigureAnnouncements } from '../figures/figure-announcements';
import { ExternalRefs } from '../records/external-refs';
import { refuseCycle } from '../records/hierarchy';
import { shareIdentities } from '../records/identities';
import { PublicUrls } from '../records/public-urls';
import { type RecordAnswer } from '../records/record.dto';
import { answerOf } from '../records/record.mapping';
import { Records } from '../records/record.service';
import {
  type EventActionBody,
  type EventAnswer,
  type EventBody,
  type EventCreation,
  type EventListQuery,
  type EventStatusChangeAnswer,
} from './event.dto';
import { EventEntity } from './event.entity';
import { type EventContract, eventSnapshot, messageOfAction } from './event.messages';
import { eventNarrowing } from './event-list';
import { eventResource } from './event.resource';
import {
  allowedActions,
  type EventAction,
  type EventStatus,
  eventStatuses,
  isHiddenBy,
  showsToTheWorld,
  statusAfter,
  statusOnEntry,
} from './event.rules';
import { EventStatusChanges } from './event-status-changes';
import { EventTree } from './event-tree';
import { Publication } from './publication';

/** An event's life from entry to close; every step after the draft is told in the same transaction. */
@Injectable()
export class EventService {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly tree: EventTree,
    private readonly publication: Publication,
    private readonly statusChanges: EventStatusChanges,
    private readonly figures: FigureAnnouncements,
    private readonly externalRefs: ExternalRefs,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrls,
  ) {}

  async create(caller: Caller, { status: stated, ...body }: EventCreation): Promise<EventAnswer> {
    const historical = body.historical ?? false;
    if (historical) requireScope(caller, 'history:write');
    if (stated !== undefined && !historical) {
      throw invalidField('/status', 'status-not-settable', 'Only a historical event is entered with its status.');
    }
    const status = statusOnEntry(historical, stated);
    const answer = await this.transactions.run(async (manager) => {
      const synthetic = await this.tree.syntheticOf(manager, caller.tenantId, body);
      if (status !== 'draft') await this.refuseUnderDraft(manager, caller.tenantId, body.parentId);
      return this.records.create(eventResource, caller, body, { status, synthetic }, async (_, event) => {
        if (status === 'draft') return;
        await this.statusChanges.record(manager, event, 'record', 'draft', {});
        await this.tell(manager, event, eventPublished, null);
      });
    });
    return withActions(answer);
  }

  async get(caller: Caller, id: string): Promise<EventAnswer> {
    return withActions(await this.records.get(eventResource, caller, id));
  }

  async list(caller: Caller, query: EventListQuery): Promise<Page<EventAnswer>> {
    const { seriesId, parentId, status, kind, synthetic } = query;
    const where = { seriesId, parentId, status, kind, synthetic };
    const { items, nextCursor } = await this.records.list(eventResource, caller, query, where, eventNarrowing(query));
    return { items: items.map(withActions), nextCursor };
  }

  /** A historical event's status may be put right in the same way; a live one moves by actions only. */
  async change(caller: Caller, id: string, version: number, patch: Record<string, unknown>): Promise<EventAnswer> {
    const { status: corrected, ...rest } = patch;
    const answer = await this.records.change(eventResource, caller, id, version, rest, {
      check: async (manager, event, body) => {
        if (event.historical) requireScope(caller, 'history:write');
        const status = corrected === undefined ? event.status : correctedStatus(event, corrected);
        await this.assertMayChange(manager, event, body);
        await this.publication.assertStaysComplete(manager, event, body);
        return { status, synthetic: await this.tree.syntheticOf(manager, caller.tenantId, body) };
      },
      afterwards: async (manager, event, before) => {
        const previous = before?.status ?? event.status;
        if (event.status === 'draft') return;
        const moved = previous !== event.status;
        if (moved) await this.statusChanges.record(manager, event, 'correct', previous, {});
        await this.tell(manager, event, eventChanged, moved ? previous : null);
      },
    });
    return withActions(answer);
  }

  async act(
    caller: Caller,
    id: string,
    action: EventAction,
    said: EventActionBody,
    dryRun = false,
  ): Promise<EventAnswer> {
    const work = async (manager: EntityManager): Promise<EventAnswer> => {
      await shareIdentities(manager, caller.tenantId);
      const event = await this.records.locked(eventResource, caller, id, manager);
      const next = await this.step(manager, event, action, said);
      return withActions(answerOf(eventResource, next));
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  private async step(
    manager: EntityManager,
    event: EventEntity,
    action: EventAction,
    said: EventActionBody,
  ): Promise<EventEntity> {
    const status = statusAfter(event.status, action);
    if (status === undefined) throw actionNotAllowed(action, event.status, allowedActions(event.status));
    await this.refuseUnderDraft(manager, event.tenantId, event.parentId);
    if (showsToTheWorld(status)) {
      await this.tree.refuseUnderCancelled(manager, event);
      await this.publication.assertComplete(manager, event);
    }
    const next = await this.records.write(manager, eventResource, event, { status } as Partial<EventEntity>);
    await this.statusChanges.record(manager, next, action, event.status, said);
    await this.tell(manager, next, messageOfAction[action], event.status, said.occurredOn);
    if (action === 'cancel') {
      for (const part of await this.tree.partsToCancel(manager, next)) await this.step(manager, part, action, said);
    }
    return next;
  }

  async remove(caller: Caller, id: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const event = await this.records.locked(eventResource, caller, id, manager);
      if (event.status !== 'draft') {
        throw conflict('not-a-draft', 'Only a draft can be deleted; cancel the event instead.', {
          actions: allowedActions(event.status),
        });
      }
      await this.tree.refuseWithDependents(manager, event);
      await this.externalRefs.releaseOfEvent(manager, event.tenantId, id);
      await manager.delete(EventEntity, { id, tenantId: event.tenantId });
    });
  }

  async history(caller: Caller, id: string): Promise<EventStatusChangeAnswer[]> {
    await this.records.get(eventResource, caller, id);
    return this.statusChanges.of(caller.tenantId, id);
  }

  /** For what belongs to an event and rides in its messages, such as its sessions. */
  async tellChanged(manager: EntityManager, tenantId: string, eventId: string): Promise<void> {
    const event = await this.records.locked(eventResource, { tenantId }, eventId, manager);
    if (event.status === 'draft') return;
    const next = await this.records.write(manager, eventResource, event, {});
    await this.tell(manager, next, eventChanged, null);
  }

  private async assertMayChange(manager: EntityManager, event: EventEntity, body: EventBody): Promise<void> {
    if ((body.historical ?? false) !== event.historical) {
      throw invalidField('/historical', 'not-changeable', 'Whether an event is history is settled when it is entered.');
    }
    if ((body.parentId ?? null) === event.parentId) return;
    await refuseCycle(manager, 'event', event, body.parentId);
    if (event.status !== 'draft') await this.refuseUnderDraft(manager, event.tenantId, body.parentId);
  }

  private async refuseUnderDraft(manager: EntityManager, tenantId: string, parentId?: string | null): Promise<void> {
    if (isHiddenBy(await this.tree.statusOf(manager, tenantId, parentId))) {
      throw conflict('parent-is-draft', 'The parent event is still a draft; publish it first.', { parentId });
    }
  }

  private async tell(
    manager: EntityManager,
    event: EventEntity,
    contract: EventContract,
    previousStatus: EventStatus | null,
    occurredOn?: PartialDate | null,
  ): Promise<void> {
    const sessionIds = await this.tree.sessionIdsOf(manager, event);
    const url = this.urls.of('events', event.id);
    const data = eventSnapshot(event, { previousStatus, sessionIds, url, occurredOn });
    const told: OutgoingMessage = outgoing(contract, { aggregateId: event.id, tenantId: event.tenantId, data });
    const figures = contract === eventPublished ? await this.figures.becomingPublic(manager, event) : [];
    await this.outbox.append(manager, [told, ...figures]);
  }
}

function correctedStatus(event: EventEntity, stated: unknown): EventStatus {
  const status = eventStatuses.find((known) => known === stated);
  if (!event.historical || status === undefined || (status === 'draft' && event.status !== 'draft')) {
    throw invalidField('/status', 'status-not-settable', 'A status is changed by actions, or corrected in history.');
  }
  return status;
}

function withActions(event: EventBody & RecordAnswer): EventAnswer {
  const { status } = event as EventAnswer;
  return Object.assign(event as EventAnswer, { actions: allowedActions(status) });
}
