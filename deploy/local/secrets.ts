import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { type KafkaPasswords, kafkaUsers } from './kafka-users';
import { type ServiceKeys, serviceNames } from './services';

export interface Secrets extends ServiceKeys {
  postgresPassword: string;
  rolePasswords: Record<ServiceName, string>;
  kafkaPasswords: KafkaPasswords;
}

function password(): string {
  return randomBytes(24).toString('base64url');
}

function keyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

export function newSecrets(): Secrets {
  const { privateKey, publicKey } = keyPair();
  return {
    postgresPassword: password(),
    rolePasswords: Object.fromEntries(serviceNames.map((name) => [name, password()])) as Record<ServiceName, string>,
    kafkaPasswords: Object.fromEntries(kafkaUsers.map((user) => [user, password()])) as KafkaPasswords,
    callerTokenPrivateKey: privateKey,
    callerTokenPublicKey: publicKey,
    webhookSecretKey: randomBytes(32).toString('base64'),
    registrantFingerprintKey: randomBytes(32).toString('base64'),
    ticketSigningKeys: keyPair().privateKey,
  };
}

/** The passwords and keys of this data folder: made at its first start, then read. */
export function secretsIn(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  // What an older version did not know yet is added to what it has kept.
  const fresh = newSecrets();
  const kept = readKept(file) as Partial<Secrets> | undefined;
  const secrets = {
    ...fresh,
    ...kept,
    rolePasswords: { ...fresh.rolePasswords, ...kept?.rolePasswords },
    kafkaPasswords: { ...fresh.kafkaPasswords, ...kept?.kafkaPasswords },
  };
  keep(file, secrets);
  return secrets;
}

export function readKept(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Only the owner may read the file. Renamed into place, so that a full disk or a crash leaves nothing half written. */
export function keep(file: string, value: unknown): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}
