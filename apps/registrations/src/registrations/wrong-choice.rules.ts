import { type AdmissionContext } from './admission.rules';
import { refused, type Refused, wrongField } from './refusal';
import { type SignUp } from './registration';

/**
 * What the event does not have, or asks otherwise; of a registration only what is new in it, because categories, sessions
 * and forms go by.
 * @param isTransfer whether it is somebody else's from now on, who has answered nothing yet
 */
export function wrongChoice(
  context: Pick<AdmissionContext, 'categories' | 'event' | 'forms' | 'invitations'>,
  asked: SignUp,
  found?: SignUp,
  isTransfer = false,
): Refused | null {
  const { categories, event, forms } = context;
  if (asked.category !== found?.category && !categories.has(asked.category)) {
    const known = [...categories.keys()].join(', ') || 'none';
    const detail = `The event has no such ticket category; it has: ${known}.`;
    return wrongField('/category', 'category-unknown', detail);
  }
  const index = asked.sessionIds.findIndex(
    (id) => found?.sessionIds.includes(id) !== true && !event.sessionIds.includes(id),
  );
  if (index >= 0) return wrongField(`/sessionIds/${index}`, 'session-unknown', 'The event has no such session.');
  const uninvited = asked.category === found?.category ? null : whyUninvited(context, asked);
  if (uninvited !== null) return uninvited;
  const errors = forms.problemsOf(asked, isTransfer ? undefined : found);
  return errors.length === 0 ? null : refused('invalid', 'The answers do not fit the form.', { errors });
}

function whyUninvited(
  { categories, invitations }: Pick<AdmissionContext, 'categories' | 'invitations'>,
  { category, historical, invitation }: SignUp,
): Refused | null {
  if (historical) return null;
  if (invitation !== undefined) return invitations.refusal(invitation, category);
  if (categories.get(category)?.requiresInvitation !== true) return null;
  return wrongField(
    '/invitationCode',
    'invitation-required',
    'Nobody signs up for this category without an invitation code.',
  );
}
