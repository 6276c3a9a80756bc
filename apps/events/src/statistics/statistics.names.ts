import { type ConsumerName } from '@expo-accord/contracts';

/** Its group, its cursors and its dead letters go by this name. */
export const statisticsConsumer: ConsumerName = 'events.statistics';
