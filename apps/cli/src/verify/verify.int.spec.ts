import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { contactTopic, topics } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { Relay, type Verification } from '@expo-accord/messaging';
import { say, service, surroundings, type Surroundings } from '../../../../test/support/messaging-service';
import { until } from '../../../../test/support/until';
import { answerOf, expoAccord, expoAccordProcess } from '../../test/run-command';

let around: Surroundings;
let app: NestFastifyApplication;

beforeAll(async () => {
  const own = topics.filter(({ owner }) => owner === 'events');
  around = await surroundings([], [...own, contactTopic]);
  app = await service(around);
});

afterAll(async () => {
  await app.close();
  await around.drop();
});

const sent = () =>
  until(
    () => around.db.query('SELECT 1 FROM outbox LIMIT 1'),
    (rows) => rows.length === 0,
  );
const verify = () => answerOf<Verification>(around.env, 'verify');
const streams = (sql: string, id: string) => around.db.query(`${sql} WHERE source = '/series/${id}'`);
/** What was found about the series, and nothing about any other. */
async function findingsAbout(id: string): Promise<string[]> {
  const { code, findings } = await verify();
  expect(code).toBe(findings.length === 0 ? 0 : 1);
  expect(findings.filter(({ source }) => source !== `/series/${id}`)).toEqual([]);
  return findings.map(({ kind, topic, detail }) => `${kind} ${topic}: ${detail}`);
}

describe('expo-accord verify', () => {
  it('finds nothing over live data, sent and unsent, sent twice, and after a restored backup', async () => {
    const [one, other] = [newId(), newId()];
    await say(app, one, one, other, one);
    await around.db.query(
      'INSERT INTO outbox (topic, message_key, headers, value) SELECT topic, message_key, headers, value FROM outbox ORDER BY id',
    );
    await sent();
    await around.db.query('UPDATE message_epoch SET epoch = epoch + 1');
    await streams('UPDATE message_stream SET last_sequence = 2', one);
    await say(app, one);
    await sent();
    expect(await findingsAbout(one)).toEqual([]);
    const { stdout, code } = await expoAccord(around.env, 'verify');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^events: \d+ records of 7 topics, 2 aggregates, no cursor; no finding\.\n$/),
    ]);
  });

  it('finds a message that was lost on its way, in the middle and at the end', async () => {
    const id = newId();
    await say(app, id, id);
    await sent();
    await app.get(Relay).stop();
    await say(app, id, id, id);
    await around.db.query(`DELETE FROM outbox WHERE id = (SELECT min(id) FROM outbox)`);
    expect(await findingsAbout(id)).toEqual(['gap events.series: 3 is missing']);
    await around.db.query(`DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox)`);
    const { stdout } = await expoAccord(around.env, 'verify');
    expect(stdout).toContain(`/series/${id}`);
    expect(await findingsAbout(id)).toEqual(['gap events.series: 3 is missing', 'gap events.series: 5 is missing']);

    await streams('DELETE FROM message_stream', id);
    expect(await findingsAbout(id)).toEqual([
      'beyond events.series: the topic goes to 2, the counter only to 0',
      'gap events.series: 3 is missing',
    ]);
    await around.db.query('DELETE FROM outbox');
    await around.db.query(`INSERT INTO message_stream (source, last_sequence) VALUES ('/series/${id}', 2)`);
    await app.close();
    app = await service(around);
  });

  it('finds what lies out of order, and records that are none', async () => {
    const id = newId();
    await app.get(Relay).stop();
    await say(app, id, id, id);
    // As if a second relay had reordered them.
    await around.db.query(
      'INSERT INTO outbox (topic, message_key, headers, value) SELECT topic, message_key, headers, value FROM outbox ORDER BY id DESC',
    );
    await around.db.query('DELETE FROM outbox WHERE id <= (SELECT min(id) + 2 FROM outbox)');
    await around.db.query(`INSERT INTO outbox (topic, headers) VALUES ('events.figure', '{}')`);
    await app.close();
    app = await service(around);
    await sent();
    const { code, findings } = await verify();
    expect([code, findings.map(({ kind, detail }) => `${kind} ${detail}`).sort()]).toEqual([
      1,
      [
        'order 1 came after 3',
        'order 2 came after 3',
        expect.stringMatching(/^unreadable the record at \d\/0 has no readable envelope$/),
      ],
    ]);
  });

  it('finds a cursor and a position that stand where the topic never came', async () => {
    const id = newId();
    await say(app, id);
    await sent();
    await around.db.query(`
      INSERT INTO consumer_cursor (consumer, source, epoch, sequence) VALUES
        ('events.statistics', '/series/${id}', 2, 1), ('events.statistics', '/series/${newId()}', 1, 4);
      INSERT INTO consumer_position (consumer, topic, partition, next_offset) VALUES
        ('events.statistics', 'events.series', 0, 0), ('events.statistics', 'events.series', 1, 1000)`);
    const { findings } = await verify();
    const found = findings.filter(({ consumer }) => consumer === 'events.statistics').map(({ detail }) => detail);
    expect(found).toEqual([
      'the cursor stands at 4 of epoch 1, which is not on the topic',
      'stands at 1000 of partition 1: beyond the end',
    ]);
    const lag = await answerOf<{ findings: { partition: number; trouble: string }[] }>(around.env, 'lag');
    expect([lag.code, lag.findings]).toEqual([
      1,
      [expect.objectContaining({ partition: 1, trouble: 'beyond the end' })],
    ]);
  });

  it('says in one sentence that the database cannot be reached, and shows no password', async () => {
    const DATABASE_URL = 'postgres://events:geheim@127.0.0.1:1/expo_accord';
    const { code, stdout, stderr } = await expoAccordProcess({ ...around.env, DATABASE_URL }, 'verify', '--json');
    expect([code, stdout, stderr]).toEqual([
      3,
      '',
      'The database at 127.0.0.1:1/expo_accord cannot be reached (connect ECONNREFUSED 127.0.0.1:1).\n',
    ]);
    const elsewhere = await expoAccord({ ...around.env, DATABASE_SCHEMA: 'public' }, 'outbox');
    expect([elsewhere.code, elsewhere.stderr]).toEqual([3, expect.stringContaining('run its migrate program')]);
  });
});
