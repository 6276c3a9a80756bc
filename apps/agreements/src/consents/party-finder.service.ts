import { Injectable } from '@nestjs/common';
import { invalidField } from '@expo-accord/http';
import { MergedOrganizations } from '@expo-accord/organizations';
import { type Agreement } from '../agreements/agreement.entity';
import { isBound } from '../entry-into-force/entry-into-force.rules';
import { partiesMeant, type PartyReference } from './consent.rules';

/** Which of an agreement's parties a request means. */
@Injectable()
export class PartyFinder {
  constructor(private readonly merged: MergedOrganizations) {}

  /** @returns its place; throws where none is meant, or more than one, with the pointer given */
  async placeOf({ tenantId, content }: Agreement, meant: PartyReference, pointer: string): Promise<number> {
    const { items } = content.parties;
    const ids = [meant, ...items].flatMap(({ organizationId }) => organizationId ?? []);
    const survivors =
      meant.organizationId === undefined ? new Map<string, string>() : await this.merged.survivorsOf(tenantId, ids);
    const [place, another] = partiesMeant(items, meant, survivors);
    if (another !== undefined) {
      throw invalidField(pointer, 'party-ambiguous', 'Several parties of the agreement fit this; say more.');
    }
    const party = place === undefined ? undefined : items[place];
    if (place === undefined || !party || !isBound(party)) {
      throw invalidField(pointer, 'not-a-party', 'This is no party of the agreement.');
    }
    return place;
  }
}
