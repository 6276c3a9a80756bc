import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  Kafka,
  logLevel,
  ResourcePatternTypes,
} from 'kafkajs';
import { contactTopic } from '@expo-accord/contracts';
import { type AccessDifference, kafkaSettings, revokeSurplus } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { testKafka, type TestKafka } from '../../../../test/support/infrastructure';
import { until } from '../../../../test/support/until';
import { answerOf, expoAccord } from '../../test/run-command';

const users = ['events', 'registrations', 'agreements', 'notifications'];

interface Answer {
  users: string[];
  rights: AccessDifference[];
}

describe('expo-accord access', () => {
  let kafka: TestKafka;

  const access = (...args: string[]) => answerOf<Answer>(kafka.env, 'access', ...args);

  beforeAll(() => {
    kafka = testKafka();
  });

  afterAll(async () => {
    const nothing = users.map((user) => ({ user, grants: [] }));
    await revokeSurplus(readSettings(kafkaSettings, kafka.env), nothing);
    await kafka.drop();
  });

  it('names what is missing, grants it, and then finds no difference', async () => {
    const before = await access('check', '--service', 'notifications');
    expect(before).toMatchObject({ code: 1, users: ['notifications'] });
    expect(before.rights).toContainEqual({
      user: 'notifications',
      is: 'missing',
      right: 'read topic registrations.contact',
    });
    expect((await access('grant')).users).toEqual(users);
    expect(await access('check')).toMatchObject({ code: 0, rights: [] });
    expect(await access('grant')).toMatchObject({ code: 0, rights: [] });
  });

  it('names what somebody has beyond what is due, and takes it away', async () => {
    await access('grant', '--service', 'events');
    const contacts = {
      principal: 'User:events',
      host: '*',
      resourceType: AclResourceTypes.TOPIC,
      resourceName: kafka.topicPrefix + contactTopic.name,
      resourcePatternType: ResourcePatternTypes.LITERAL,
      operation: AclOperationTypes.READ,
      permissionType: AclPermissionTypes.ALLOW,
    };
    const admin = new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createAcls({ acl: [contacts] }).finally(() => admin.disconnect());
    const rights = [{ user: 'events', is: 'surplus', right: 'read topic registrations.contact' }];
    // The broker hears of it moments later.
    const checked = await until(
      () => access('check', '--service', 'events'),
      ({ code }) => code === 1,
    );
    expect(checked).toMatchObject({ code: 1, rights });
    expect(await access('revoke', '--service', 'events')).toMatchObject({ code: 0, rights });
    expect(await access('check', '--service', 'events')).toMatchObject({ code: 0, rights: [] });
  });

  it('lets somebody outside in to public topics alone, and puts it out again', async () => {
    const granted = await access('grant', '--outsider', 'acme');
    expect(granted.rights.map(({ right }) => right)).toEqual(
      expect.arrayContaining(['read topic events.event', 'read topic agreements.agreement', 'read group acme.*']),
    );
    expect(granted.rights.filter(({ right }) => /registrations|notifications|write|create/.test(right))).toEqual([]);
    expect(await access('check', '--outsider', 'acme')).toMatchObject({ code: 0 });
    expect((await access('revoke', '--outsider', 'acme')).rights).toHaveLength(granted.rights.length);
    expect(await access('check', '--outsider', 'acme')).toMatchObject({ code: 1 });
  });

  it("refuses a service's name for somebody outside", async () => {
    const { code, stderr } = await expoAccord(kafka.env, 'access', 'grant', '--outsider', 'events');
    expect([code, stderr.trim()]).toEqual([
      2,
      'events cannot be the name of somebody outside: letters, digits, - and _, and no service.',
    ]);
  });
});
