import { type AdmissionContext } from './admission.rules';
import { refused, type Refused, wrongField } from './refusal';
import { type SignUp } from './registration';

/**
 * What the event does not have, or asks otherwise; of a registration only what is new in it, because categories, sessions
 * and forms go by.
 * @param isTransfer whether it is somebody else's from now on, who has answered nothing yet
 */
export function wrongChoice(
  { categories, event, forms }: Pick<AdmissionContext, 'categories' | 'event' | 'forms'>,
  asked: SignUp,
  found?: SignUp,
  isTransfer = false,
): Refused | null {
  if (asked.category !== found?.category && !categories.has(asked.category)) {
    const known = [...categories.keys()].join(', ') || 'none';
    const detail = `The event has no such ticket category; it has: ${known}.`;
    return wrongField('/category', 'category-unknown', detail);
  }
  const index = asked.sessionIds.findIndex(
    (id) => found?.sessionIds.includes(id) !== true && !event.sessionIds.includes(id),
  );
  if (index >= 0) return wrongField(`/sessionIds/${index}`, 'session-unknown', 'The event has no such session.');
  const errors = forms.problemsOf(asked, isTransfer ? undefined : found);
  return errors.length === 0 ? null : refused('invalid', 'The answers do not fit the form.', { errors });
}
