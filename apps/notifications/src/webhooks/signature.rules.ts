import { Webhook } from 'standardwebhooks';

/** The headers of Standard Webhooks; every live secret signs, so that a receiver may know either. */
export function signedHeaders(
  secrets: readonly string[],
  messageId: string,
  sentAt: Date,
  payload: string,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'expo-accord-webhooks/1',
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(messageId, sentAt, payload)).join(' '),
  };
}
