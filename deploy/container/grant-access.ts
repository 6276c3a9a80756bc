import { join } from 'node:path';
import { kafkaSettings } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { grantLocalAccess } from '../local/kafka-access';
import { kafkaLogin } from '../local/kafka-users';
import { secretsIn } from '../local/secrets';

/** Lets each user of Kafka do what is due to it: `node grant-access.js <secrets folder> <host:port>` */
async function main(): Promise<void> {
  const [folder = '/secrets', brokers = 'kafka:9092'] = process.argv.slice(2);
  const { kafkaPasswords } = secretsIn(join(folder, 'all'));
  await grantLocalAccess(
    readSettings(kafkaSettings, { KAFKA_BROKERS: brokers, ...kafkaLogin('admin', kafkaPasswords) }),
  );
}

void main();
