/** A retired code still names what was entered under it; it is no longer offered. */
export type CodeStatus = 'active' | 'retired';
export type CodeAction = 'retire' | 'reinstate';

const life: Record<CodeStatus, Partial<Record<CodeAction, CodeStatus>>> = {
  active: { retire: 'retired' },
  retired: { reinstate: 'active' },
};

/** The status after the action, or undefined when the present one does not allow it. */
export function codeStatusAfter(status: CodeStatus, action: CodeAction): CodeStatus | undefined {
  return life[status][action];
}

export function codeActions(status: CodeStatus): CodeAction[] {
  return Object.keys(life[status]) as CodeAction[];
}
