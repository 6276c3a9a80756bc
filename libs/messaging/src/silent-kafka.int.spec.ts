import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Controller } from '@nestjs/common';
import { seriesRecorded } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { say, service, surroundings, type Surroundings } from '../../../test/support/messaging-service';
import { until } from '../../../test/support/until';
import { OnMessage } from '.';

const consumer = 'events.silence-spec';

@Controller()
class IdleConsumer {
  @OnMessage(consumer, seriesRecorded)
  async onRecorded(): Promise<void> {
    // Nothing will arrive.
  }
}

/** Takes connections, and never answers: worse than a broker that is gone. */
const sockets: Socket[] = [];
let silent: Server;
let around: Surroundings;

beforeAll(async () => {
  around = await surroundings([consumer]);
  silent = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
});

afterAll(async () => {
  silent.close();
  for (const socket of sockets) socket.destroy();
  await around.drop();
});

describe('a service whose Kafka has fallen silent', () => {
  it('stops in time all the same, in the middle of joining and of sending', async () => {
    const { port } = silent.address() as AddressInfo;
    const app = await service(
      { env: { ...around.env, KAFKA_BROKERS: `127.0.0.1:${port}` } },
      [IdleConsumer],
      [consumer],
    );
    await say(app, newId());
    await until(
      () => sockets.length,
      (connections) => connections >= 2,
    );
    const stoppedAt = Date.now();
    await app.close();
    // After ten seconds an orchestrator kills; nine of them are waited for Kafka, however quick the machine.
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  });
});
