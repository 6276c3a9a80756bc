import { all, en } from './report-words';

/** The body of an event that lacks nothing before it may be published. */
export function publishableEvent(name: string, more: object = {}): object {
  return {
    names: en(name),
    kind: 'forum',
    startsAt: { local: '2030-05-01T09:00', zone: 'Asia/Seoul' },
    venue: { city: en('Seoul'), economy: 'KR' },
    hosts: all({ name: en('Chamber of Commerce'), role: 'host' }),
    ...more,
  };
}
