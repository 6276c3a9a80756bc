import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { DataSource } from 'typeorm';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { until } from '../../../test/support/until';
import { dataSourceOptions } from './data-source-options';
import { databaseSettings } from './database.settings';

const readyForQuery = Buffer.from('Z\0\0\0\x05I', 'latin1');
const fields = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0');
const length = Buffer.alloc(4);
length.writeInt32BE(fields.length + 4);
const farewell = Buffer.concat([Buffer.from('E'), length, fields]);

describe('a database that goes down in the very moment in which it has let somebody in', () => {
  let db: TestDatabase;
  let server: Server;
  let goesDown = false;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    db = await testDatabase('events');
    const { port, hostname } = new URL(db.url);
    server = createServer((client) => {
      const database = connect(Number(port), hostname);
      for (const socket of [client, database]) sockets.add(socket.on('error', () => undefined));
      client.on('data', (piece) => database.write(piece)).on('close', () => database.destroy());
      database.on('data', (piece: Buffer) => {
        if (!goesDown || !piece.includes(readyForQuery)) client.write(piece);
        else client.end(Buffer.concat([piece, farewell]));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await db.drop();
  });

  it('fails the query, and not the process, which goes on once the database is back', async () => {
    const url = new URL(db.url);
    url.port = String((server.address() as AddressInfo).port);
    const config = readSettings(databaseSettings, { DATABASE_URL: url.toString(), DATABASE_SCHEMA: 'events' });
    const dataSource = await new DataSource(dataSourceOptions(config, [], [])).initialize();
    goesDown = true;
    for (const socket of sockets) socket.destroy();
    const answers = (): Promise<boolean> =>
      dataSource.query('SELECT 1').then(
        () => true,
        () => false,
      );
    for (let count = 0; count < 3; count += 1) expect(await answers()).toBe(false);
    goesDown = false;
    await until(answers, (answered) => answered);
    await dataSource.destroy();
  });
});
