import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { readSettings, type SettingsSpec } from '@expo-accord/settings';
import { settings as agreements } from '../../apps/agreements/src/config';
import { settings as events } from '../../apps/events/src/config';
import { settings as gateway } from '../../apps/gateway/src/config';
import { settings as notifications } from '../../apps/notifications/src/config';
import { settings as registrations } from '../../apps/registrations/src/config';
import { composeFile, type ComposeService, ownServices } from '../../deploy/container/compose-file';
import { kafkaFiles, secretFiles } from '../../deploy/container/make-secrets';
import { projectRoot } from '../../deploy/local/project-root';
import { newSecrets } from '../../deploy/local/secrets';
import { serviceEnvironment, serviceNames } from '../../deploy/local/services';

const settingsOf: Record<ServiceName, SettingsSpec> = { agreements, events, gateway, notifications, registrations };
const secrets = newSecrets();
const compose = composeFile();

/** The names in `env` that the service would not read: misspelt, or no longer known. */
function unknownNames(service: ServiceName, env: Record<string, string>): string[] {
  const spec = settingsOf[service];
  return Object.keys(env).filter((name) => {
    const setting = spec[name] ?? spec[name.replace(/_FILE$/, '')];
    return setting === undefined || (name.endsWith('_FILE') && !(name in spec) && !setting.fromFile);
  });
}

describe.each(serviceNames)('the surroundings of %s', (service) => {
  it('on one machine give every setting that it requires, and none that it does not know', () => {
    const env = serviceEnvironment(service, {
      ports: { gateway: 1, events: 2, registrations: 3, agreements: 4, notifications: 5 },
      databaseUrls: Object.fromEntries(serviceNames.map((name) => [name, `postgres://${name}:p@h:5432/d`])) as Record<
        ServiceName,
        string
      >,
      brokers: ['h:9092'],
      topicPrefix: 't.',
      smtpUrl: 'smtp://h:25',
      documents: '/documents',
      kafkaPasswords: secrets.kafkaPasswords,
      keys: secrets,
    });
    expect(() => readSettings(settingsOf[service], env)).not.toThrow();
    const given = Object.fromEntries(
      Object.entries(env).filter(([name]) => !(name in process.env) && name !== 'NODE_ENV'),
    );
    expect(unknownNames(service, given)).toEqual([]);
  });

  it.each([service, `migrate-${service}`])('in containers do the same (%s)', (name) => {
    const { environment = {} } = composed(name);
    const files = secretFiles(service, secrets, 'postgres:5432/expo_accord');
    const readFile = (path: string): string => {
      const content = files[path.replace('/run/expo-accord/', '')];
      if (content === undefined) throw new Error(`no secret is laid out as ${path}`);
      return content;
    };
    expect(() => readSettings(settingsOf[service], environment, readFile)).not.toThrow();
    expect(unknownNames(service, environment)).toEqual([]);
  });

  it("in containers mount its own secrets and nobody else's", () => {
    const own = service === 'agreements' ? ['documents:/var/lib/expo-accord/documents'] : [];
    expect(composed(service).volumes).toEqual([`${service}-secrets:/run/expo-accord:ro`, ...own]);
    expect(composed('secrets').volumes).toContain(`${service}-secrets:/secrets/${service}`);
  });

  it('in containers migrate before it starts, and start it only then', () => {
    expect(composed(service).depends_on).toEqual({
      [`migrate-${service}`]: { condition: 'service_completed_successfully' },
    });
    expect(composed(`migrate-${service}`).depends_on).toHaveProperty('database');
    expect(composed(service).healthcheck?.test.join(' ')).toContain('/health/ready');
  });
});

describe('docker-compose.yml', () => {
  it('runs only programs whose source exists, from the one image, as its user but for the three jobs that may not', () => {
    for (const [name, { image, command, user }] of ownServices(compose)) {
      const [node, program = ''] = command ?? [];
      expect([name, node, image]).toEqual([name, 'node', 'expo-accord']);
      const source = join(projectRoot(), program.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
      expect([program, existsSync(source)]).toEqual([program, true]);
      expect([name, user]).toEqual([name, ['secrets', 'database', 'kafka-access'].includes(name) ? '0:0' : undefined]);
    }
  });

  it('builds the image in one place, on which every other user of it waits, and never pulls it', () => {
    const builders = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);
    expect(builders.map(([name, { image, pull_policy }]) => [name, image, pull_policy])).toEqual([
      ['secrets', 'expo-accord', 'build'],
    ]);
    for (const [name, { pull_policy }] of ownServices(compose)) {
      if (name === 'secrets') continue;
      expect([name, pull_policy, waitsFor(name).has('secrets')]).toEqual([name, 'never', true]);
    }
  });

  it('fills every volume of secrets before anybody reads it', () => {
    const filled = composed('secrets').volumes?.map((volume) => volume.split(':')[0]);
    for (const [name, { volumes = [] }] of Object.entries(compose.services)) {
      const secret = volumes
        .map((volume) => volume.split(':')[0] ?? '')
        .filter((volume) => volume.endsWith('-secrets'));
      expect(filled).toEqual(expect.arrayContaining(secret));
      if (secret.length > 0 && name !== 'secrets') expect([name, waitsFor(name).has('secrets')]).toEqual([name, true]);
    }
  });

  it('has Kafka listen to everybody in the network, by the name that they know, and lets in nobody without a login', () => {
    const properties = kafkaFiles(secrets)['server.properties']?.split('\n');
    const volumes = compose.services.kafka?.volumes?.map((volume) => volume.split(':')[1] ?? '');
    expect(properties).toEqual(
      expect.arrayContaining([
        'listeners=LOGIN://:9092,CONTROLLER://127.0.0.1:9093',
        'advertised.listeners=LOGIN://kafka:9092',
        'listener.security.protocol.map=LOGIN:SASL_PLAINTEXT,OPEN:PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
      ]),
    );
    expect(volumes).toContain(properties?.find((line) => line.startsWith('log.dirs='))?.slice('log.dirs='.length));
    for (const service of ['events', 'registrations', 'agreements', 'notifications']) {
      expect(composed(service).environment?.KAFKA_SASL_USERNAME).toBe(service);
      expect(waitsFor(service).has('kafka-access')).toBe(true);
    }
  });

  it('names only services and volumes that are there', () => {
    for (const { depends_on = {}, volumes = [] } of Object.values(compose.services)) {
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
      const named = volumes.map((volume) => volume.split(':')[0]);
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    }
  });

  it('holds no secret', () => {
    const environments = Object.values(compose.services).flatMap(({ environment = {} }) => Object.entries(environment));
    const secretNames = new Set(
      Object.values(settingsOf).flatMap((spec) => Object.keys(spec).filter((name) => spec[name]?.secret)),
    );
    secretNames.delete('SMTP_URL');
    expect(environments.filter(([name]) => secretNames.has(name) || /PASSWORD$/.test(name))).toEqual([]);
    expect(compose.services.notifications?.environment?.SMTP_URL).not.toContain('@');
  });
});

function composed(name: string): ComposeService {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}

/** Everything that has to be there, or done, before this service is started. */
function waitsFor(name: string): Set<string> {
  const direct = Object.keys(composed(name).depends_on ?? {});
  return new Set(direct.flatMap((earlier) => [earlier, ...waitsFor(earlier)]));
}
