import { type RegistrationSnapshot } from '@expo-accord/contracts';
import { type LocalizedText, type PersonName, displayOf, type ScheduledTime } from '@expo-accord/values';
import { type AttemptOutcome } from '../deliveries/delivery.rules';
import { fallbackChain, type TemplateValues } from '../templates/template.rules';

/** From these a registration becomes confirmed anew; a check-in that is taken back is no news. */
const notYetConfirmed = ['pendingApproval', 'declined', 'cancelled'];

/** The template of the mail that a registration's message causes, or null when it causes none. */
export function mailCausedBy(
  snapshot: Pick<RegistrationSnapshot, 'notify' | 'historical' | 'status' | 'previous'>,
): string | null {
  const { notify, historical, status, previous } = snapshot;
  if (!notify || historical || status === previous?.status) return null;
  if (status === 'waitlisted' || status === 'declined') return `registration-${status}`;
  if (status === 'confirmed' && previous?.status === 'waitlisted') return 'registration-promoted';
  if (status === 'confirmed' && (previous === null || notYetConfirmed.includes(previous.status))) {
    return 'registration-confirmed';
  }
  return status === 'cancelled' ? 'registration-cancelled' : null;
}

/** The name as it is written in the language, else its romanisation for an unwritten one, else any; never rearranged. */
export function nameFor(name: PersonName, language: string): string {
  for (const tag of fallbackChain(language)) {
    const written = Object.entries(name.texts).find(([key]) => key.split('-')[0] === tag.split('-')[0]);
    if (written !== undefined) return written[1];
    if (tag === 'en' && name.romanized !== undefined) return name.romanized;
  }
  return Object.values(name.texts)[0] ?? '';
}

export interface MailFacts {
  registrationId: string;
  name: PersonName;
  eventNames: LocalizedText;
  startsAt: ScheduledTime | null;
}

export function valuesOf({ registrationId, name, eventNames, startsAt }: MailFacts, language: string): TemplateValues {
  return {
    registrationId,
    name: nameFor(name, language),
    eventName: displayOf(eventNames, language, fallbackChain(language)).text,
    startsAt: startsAt === null ? null : `${startsAt.local.slice(0, 16).replace('T', ' ')} (${startsAt.zone})`,
  };
}

/** What the SMTP server's refusal means. Its words are not kept: they tend to repeat the address. */
export function outcomeOfSmtpError(error: unknown): AttemptOutcome {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const replyCode = typeof responseCode === 'number' ? responseCode : null;
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (aboutThisMail && replyCode !== null && replyCode >= 500) return { result: 'failed', code: 'rejected', replyCode };
  if (code === 'EAUTH') return { result: 'retry', code: 'smtp-login-refused', replyCode };
  return { result: 'retry', code: replyCode === null ? 'smtp-unreachable' : 'smtp-error', replyCode };
}

/** The same for every attempt, so that a mail sent twice after a crash is shown once by mail programs that compare. */
export function messageIdOf(deliveryId: string, from: string): string {
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${deliveryId}@${domain}>`;
}
