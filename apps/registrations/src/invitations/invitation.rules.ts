import { type Refused, wrongField } from '../registrations/refusal';

/** A code that was named by somebody, as it is while its row is locked. */
export interface InvitationCodeState {
  readonly hash: string;
  /** Null where it lets in to every category. */
  readonly category: string | null;
  readonly usesLeft: number;
  readonly isExpired: boolean;
  readonly isRevoked: boolean;
}

export interface SpentUse {
  readonly hash: string;
  readonly registrationId: string;
}

const POINTER = '/invitationCode';

/** The codes that sign-ups of one transaction name, and what is left of each while these are decided. */
export class InvitationLedger {
  readonly #codes: Map<string, InvitationCodeState>;
  readonly #spent: SpentUse[] = [];

  constructor(codes: readonly InvitationCodeState[]) {
    this.#codes = new Map(codes.map((code) => [code.hash, code]));
  }

  /** Why the code lets nobody in to the category now; null where it does. */
  refusal(hash: string, category: string): Refused | null {
    const code = this.#codes.get(hash);
    if (code === undefined) return wrongField(POINTER, 'invitation-unknown', 'The event has given out no such code.');
    if (code.isRevoked) return wrongField(POINTER, 'invitation-revoked', 'The invitation was taken back.');
    if (code.isExpired) return wrongField(POINTER, 'invitation-expired', 'The invitation was for an earlier time.');
    if (code.category !== null && code.category !== category) {
      return wrongField(
        POINTER,
        'invitation-of-other-category',
        `The invitation is for the category ${code.category}.`,
      );
    }
    const used = this.#spent.filter((use) => use.hash === hash).length;
    return used < code.usesLeft ? null : wrongField(POINTER, 'invitation-used', 'The invitation was used already.');
  }

  /** Counts uses as gone already, without this being a change: what a rehearsal has spent so far. */
  anticipate(uses: ReadonlyMap<string, number>): void {
    for (const [hash, code] of this.#codes) {
      this.#codes.set(hash, { ...code, usesLeft: code.usesLeft - (uses.get(hash) ?? 0) });
    }
  }

  spend(hash: string, registrationId: string): void {
    this.#spent.push({ hash, registrationId });
  }

  get spent(): readonly SpentUse[] {
    return this.#spent;
  }
}
