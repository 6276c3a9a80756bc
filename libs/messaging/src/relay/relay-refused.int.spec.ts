import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { until } from '../../../../test/support/until';
import { RelayBell } from '../outbox/relay-bell';
import { Relay } from './relay';

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('a relay whose database takes connections and hangs up, as one does that is starting', () => {
  it('asks again after a second, and not at once', async () => {
    const askedAt: number[] = [];
    const server = createServer((socket) => {
      askedAt.push(Date.now());
      socket.on('error', () => undefined).destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `postgres://events:events@127.0.0.1:${(server.address() as AddressInfo).port}/events`;
    const unused = (): never => {
      throw new Error('A relay that cannot read the outbox has no use for this');
    };
    const noTopics = { topicTails: unused, ownTopics: [] };
    const options = { publisher: unused, subscription: unused, exit: unused, requestTimeoutMs: 1, ...noTopics };
    const relay = new Relay(new DataSource({ type: 'postgres', url, extra: {} }), new RelayBell(), options);
    relay.onApplicationBootstrap();
    await until(
      () => askedAt.length,
      (times) => times >= 3,
    );
    await relay.stop();
    server.close();
    const pauses = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(900);
  });
});
