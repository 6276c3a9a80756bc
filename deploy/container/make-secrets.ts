import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { adminProperties, serverProperties } from '../local/kafka-properties';
import { isKafkaUser } from '../local/kafka-users';
import { type Secrets, secretsIn } from '../local/secrets';
import { serviceNames } from '../local/services';

/** Whom the services run as in the image. */
const serviceUser = 1000;

/** The files that a service reads by its `<NAME>_FILE` settings, by file name. */
export function secretFiles(service: ServiceName, secrets: Secrets, database: string): Record<string, string> {
  const publicKey = { 'caller-token-public-key': secrets.callerTokenPublicKey };
  const own: Record<ServiceName, Record<string, string>> = {
    gateway: { 'caller-token-private-key': secrets.callerTokenPrivateKey },
    events: publicKey,
    agreements: publicKey,
    registrations: {
      ...publicKey,
      'registrant-fingerprint-key': secrets.registrantFingerprintKey,
      'ticket-signing-keys': secrets.ticketSigningKeys,
    },
    notifications: { ...publicKey, 'webhook-secret-key': secrets.webhookSecretKey },
  };
  return {
    'database-url': `postgres://${service}:${secrets.rolePasswords[service]}@${database}`,
    ...(isKafkaUser(service) && { 'kafka-password': secrets.kafkaPasswords[service] }),
    ...own[service],
  };
}

/** What Apache's image of Kafka reads: the broker's settings, with everybody's passwords, and a login for its own tools. */
export function kafkaFiles({ kafkaPasswords }: Secrets): Record<string, string> {
  const listeners = { login: { listen: ':9092', advertised: 'kafka:9092' }, controllerPort: 9093 };
  return {
    'server.properties': serverProperties('/var/lib/kafka/data', listeners, kafkaPasswords),
    'admin.properties': adminProperties(kafkaPasswords),
  };
}

/**
 * Makes every password and key at the first start, and lays out under `<folder>/<service>` what that service may know;
 * each folder is a volume of its own, so that no service sees another's. `node make-secrets.js <folder> <host:port/database>`
 */
function makeSecrets(folder: string, database: string): void {
  mkdirSync(join(folder, 'all'), { recursive: true });
  const secrets = secretsIn(join(folder, 'all'));
  for (const service of serviceNames) {
    for (const [name, content] of Object.entries(secretFiles(service, secrets, database))) {
      write(join(folder, service), name, content, 0o400, serviceUser);
    }
  }
  // These images read them as users of their own, whose numbers are not ours to know; nobody else mounts these folders.
  write(join(folder, 'postgres'), 'password', secrets.postgresPassword, 0o444, 0);
  for (const [name, content] of Object.entries(kafkaFiles(secrets))) {
    write(join(folder, 'kafka'), name, content, 0o444, 0);
  }
}

function write(folder: string, name: string, content: string, mode: number, owner: number): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  chownSync(file, owner, owner);
  chmodSync(file, mode);
}

if (require.main === module) makeSecrets(process.argv[2] ?? '/secrets', process.argv[3] ?? 'postgres:5432/expo_accord');
