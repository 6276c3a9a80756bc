import { Kafka, logLevel } from 'kafkajs';
import { asSuperuser, testDatabase, testKafka } from './infrastructure';

describe('the test infrastructure', () => {
  it('gives a role that owns its schema, is no superuser, and cannot use the public schema', async () => {
    const database = await testDatabase('events');
    await database.query('CREATE TABLE thing (id int)');
    const [table] = await database.query<{ schemaname: string }>(
      "SELECT schemaname FROM pg_tables WHERE tablename = 'thing'",
    );
    expect(table?.schemaname).toBe('events');
    const [role] = await database.query<{ rolsuper: boolean }>(
      'SELECT rolsuper FROM pg_roles WHERE rolname = current_user',
    );
    expect(role?.rolsuper).toBe(false);
    await expect(database.query('CREATE TABLE public.thing (id int)')).rejects.toThrow('permission denied');
    await database.drop();
    expect(await asSuperuser(`SELECT 1 FROM pg_roles WHERE rolname = '${database.role}'`)).toEqual([]);
  });

  it('gives a broker that makes no topic by itself, and takes away those with the prefix of a spec', async () => {
    const { brokers, topicPrefix, drop } = testKafka();
    const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 1 } });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: `${topicPrefix}a`, numPartitions: 1 }], waitForLeaders: true });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: `${topicPrefix}a`, messages: [{ value: 'x' }] });
    await expect(producer.send({ topic: `${topicPrefix}b`, messages: [{ value: 'x' }] })).rejects.toThrow();
    await producer.disconnect();
    await drop();
    expect((await admin.listTopics()).filter((topic) => topic.startsWith(topicPrefix))).toEqual([]);
    await admin.disconnect();
  });
});
