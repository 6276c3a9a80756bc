import { accessOf, accessOfOutsider, grantAccess, type KafkaConfig } from '@expo-accord/messaging';
import { isKafkaUser, outsider } from './kafka-users';
import { serviceNames } from './services';

/** Lets everybody who logs in to the local Kafka do what is due to it. @param config with the admin's login */
export async function grantLocalAccess(config: KafkaConfig): Promise<void> {
  await grantAccess(config, [...serviceNames.filter(isKafkaUser).map(accessOf), accessOfOutsider(outsider)]);
}
