import { topics } from '@expo-accord/contracts';
import { isLater, type Place, placeOf, sourceOf } from '../consuming/reading';
import { withAdmin } from './kafka-admin';
import { prefixed } from './kafka-client';
import { type KafkaConfig } from './kafka.settings';
import { readTopics } from './read-topics';

/** As many as a relay sends at once, which it may have sent again in part. */
const LAST_RECORDS = 500;

/**
 * By source, the last place among the last records of each partition of the service's own topics. The highest epoch that
 * was ever sent is among them, because epochs rise in the order of sending.
 * @throws KafkaTrouble
 */
export async function topicTails(config: KafkaConfig, service: string): Promise<Map<string, Place>> {
  const existing = new Set(await withAdmin(config, (admin) => admin.listTopics()));
  const names = topics
    // Contacts may not be read even by who writes them; they are said together with registrations.
    .filter(({ owner, visibility }) => owner === service && visibility !== 'restricted')
    .map(({ name }) => name)
    .filter((name) => existing.has(prefixed(config, name)));
  const tails = new Map<string, Place>();
  const take = (record: Parameters<typeof placeOf>[0]): void => {
    const [source, place] = [sourceOf(record), placeOf(record)];
    if (source === null || place === null) return;
    const last = tails.get(source);
    if (last === undefined || isLater(place, last)) tails.set(source, place);
  };
  if (names.length > 0) await readTopics(config, names, take, { groupPrefix: `${service}.epoch`, last: LAST_RECORDS });
  return tails;
}
