/** How a ticket category takes people in. */
export interface CategoryTerms {
  /** Whether somebody of the organiser's looks at each sign-up; it holds its places meanwhile. */
  readonly requiresApproval: boolean;
  /** Whether who finds no place waits for one. */
  readonly waitlist: boolean;
  /** Whether nobody signs up without a code. */
  readonly requiresInvitation: boolean;
}
