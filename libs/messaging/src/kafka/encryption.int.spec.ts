import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { seriesTopic } from '@expo-accord/contracts';
import { readSettings } from '@expo-accord/settings';
import { type RunningKafka, startKafka } from '../../../../deploy/local/kafka';
import { kafkaLogin } from '../../../../deploy/local/kafka-users';
import { newSecrets } from '../../../../deploy/local/secrets';
import { createTopics } from './create-topics';
import { kafkaSettings } from './kafka.settings';

const { kafkaPasswords: passwords } = newSecrets();
const storePassword = 'only for this spec';
let folder: string;
let kafka: RunningKafka;

/** Java's own tool, since the broker needs Java anyway. */
function keytool(store: string, ...args: string[]): void {
  const common = ['-keystore', join(folder, `${store}.p12`), '-storetype', 'PKCS12', '-storepass', storePassword];
  execFileSync('keytool', [...args, ...common], { stdio: 'pipe' });
}

/** Makes `<name>.p12` with an authority, and `<name>.pem` with its certificate. */
function makeAuthority(name: string): void {
  const authority = ['-alias', 'authority', '-dname', `CN=${name}`, '-ext', 'bc:critical=ca:true'];
  keytool(name, '-genkeypair', '-keyalg', 'EC', ...authority);
  keytool(name, '-exportcert', '-rfc', '-alias', 'authority', '-file', join(folder, `${name}.pem`));
}

/** Gives `<authority>.p12` to the broker: a certificate for this machine signed by the authority, which itself goes. */
function certifyBroker(authority: string): void {
  const broker = ['-alias', 'broker', '-dname', 'CN=broker', '-ext', 'san=ip:127.0.0.1'];
  keytool(authority, '-genkeypair', '-keyalg', 'EC', ...broker, '-signer', 'authority');
  keytool(authority, '-delete', '-alias', 'authority');
}

const configWith = (settings: Record<string, string>) =>
  readSettings(kafkaSettings, {
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_TLS: 'true',
    ...kafkaLogin('admin', passwords),
    ...settings,
  });

beforeAll(async () => {
  Logger.overrideLogger(false);
  folder = mkdtempSync(join(tmpdir(), 'expo-accord-tls-'));
  for (const name of ['right', 'wrong']) makeAuthority(name);
  certifyBroker('right');
  const keyStore = { file: join(folder, 'right.p12'), password: storePassword };
  kafka = await startKafka({ folder: join(folder, 'kafka'), passwords, keyStore, brief: true });
});

afterAll(async () => {
  await kafka.process.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('an encrypted Kafka', () => {
  it('is reached with the certificate of the authority that it trusts', async () => {
    const said: string[] = [];
    const config = configWith({ KAFKA_CA_FILE: join(folder, 'right.pem') });
    await createTopics(config, [seriesTopic], [], (line) => said.push(line));
    expect(said.at(-1)).toBe('Created topics events.series');
  });

  it.each(['scram-sha-256', 'scram-sha-512'])('takes a login by %s, and no wrong password', async (mechanism) => {
    const settings = { KAFKA_CA_FILE: join(folder, 'right.pem'), KAFKA_SASL_MECHANISM: mechanism };
    const said: string[] = [];
    await createTopics(configWith(settings), [{ ...seriesTopic, name: mechanism }], [], (line) => said.push(line));
    expect(said.at(-1)).toBe(`Created topics ${mechanism}`);
    const wrong = configWith({ ...settings, KAFKA_SASL_PASSWORD: 'wrong' });
    await expect(createTopics(wrong, [seriesTopic], [], () => undefined)).rejects.toThrow(
      new RegExp(`^Kafka at 127\\.0\\.0\\.1:\\d+ refuses the login of "admin" by ${mechanism}: `),
    );
  });

  it.each([
    ['of another authority', { KAFKA_CA_FILE: 'wrong.pem' }],
    ['of the well-known authorities', {}],
  ])('is not with that %s, and says why', async (_which, { KAFKA_CA_FILE: file }: { KAFKA_CA_FILE?: string }) => {
    const config = configWith(file === undefined ? {} : { KAFKA_CA_FILE: join(folder, file) });
    await expect(createTopics(config, [seriesTopic], [], () => undefined)).rejects.toThrow(
      /^Kafka at 127\.0\.0\.1:\d+ is not trusted: .*certificate.*KAFKA_CA_FILE/,
    );
  });

  it('says which file of an authority is missing', async () => {
    const config = configWith({ KAFKA_CA_FILE: join(folder, 'nowhere.pem') });
    await expect(createTopics(config, [seriesTopic], [], () => undefined)).rejects.toThrow(
      /^KAFKA_CA_FILE cannot be read: .*nowhere\.pem/,
    );
  });
});
