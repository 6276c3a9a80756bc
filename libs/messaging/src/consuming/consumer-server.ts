import { type HealthRegistry, type Telemetry } from '@expo-accord/observability';
import { Server } from '@nestjs/microservices';
import { ConsumerEngine, type EngineOptions } from './consumer-engine';
import { ConsumerTelemetry } from './consumer-telemetry';
import { transportOf } from './on-message.decorator';
import { Routes } from './routes';

type Given = Omit<EngineOptions, 'routes' | 'telemetry'>;

/** The Nest transport of one consumer: Nest finds the decorated methods, the engine calls them. */
export class ConsumerServer extends Server {
  #engine: ConsumerEngine | undefined;

  constructor(
    private readonly given: Given,
    health: HealthRegistry | undefined,
    private readonly telemetry: Telemetry,
  ) {
    super();
    this.setTransportId(transportOf(given.consumer));
    const name = `consumer ${given.consumer}`;
    health?.register(name, () => (this.#engine === undefined ? 'has not started' : this.#engine.notReady()), 'ready');
    health?.register(name, () => this.#engine?.notAlive() ?? null, 'live');
  }

  /** Does not wait for Kafka, so that the process can answer, at least about its health, while Kafka is away. */
  listen(callback: (error?: unknown) => void): void {
    try {
      const { consumer } = this.given;
      const telemetry = new ConsumerTelemetry(consumer, this.telemetry);
      const routes = Routes.of(consumer, this.messageHandlers, (route) => telemetry.timed(route));
      this.#engine = new ConsumerEngine({ ...this.given, routes, telemetry });
    } catch (error) {
      callback(error);
      return;
    }
    this.#engine.start().catch((error: unknown) => {
      this.given.exit(`Consumer ${this.given.consumer} cannot start: ${error instanceof Error ? error.message : ''}`);
    });
    callback();
  }

  async close(): Promise<void> {
    await this.#engine?.stop();
  }

  on(): void {
    // The transport has no events of its own that a listener could ask for.
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Nest's signature
  unwrap<T>(): T {
    return this.#engine as T;
  }
}
