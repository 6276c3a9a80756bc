import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
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
    registrations: { ...publicKey, 'registrant-fingerprint-key': secrets.registrantFingerprintKey },
    notifications: { ...publicKey, 'webhook-secret-key': secrets.webhookSecretKey },
  };
  return {
    'database-url': `postgres://${service}:${secrets.rolePasswords[service]}@${database}`,
    ...own[service],
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
  // PostgreSQL's image reads it as its own user, whose number is not ours to know; nobody else mounts this folder.
  write(join(folder, 'postgres'), 'password', secrets.postgresPassword, 0o444, 0);
}

function write(folder: string, name: string, content: string, mode: number, owner: number): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  chownSync(file, owner, owner);
  chmodSync(file, mode);
}

if (require.main === module) makeSecrets(process.argv[2] ?? '/secrets', process.argv[3] ?? 'postgres:5432/expo_accord');
