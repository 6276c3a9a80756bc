import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Meter } from '@opentelemetry/api';

/** An address of its own, so that what outsiders reach does not tell how busy we are. */
export interface MetricsAddress {
  host: string;
  /** 0 lets the operating system choose. */
  port: number;
}

export interface MetricsEndpoint {
  meter: Meter;
  url: string;
  close: () => Promise<void>;
}

/** Answers `GET /metrics` in Prometheus' text format; every metric carries the label `service`. */
export async function serveMetrics(service: string, { host, port }: MetricsAddress): Promise<MetricsEndpoint> {
  const { PrometheusExporter } = await import('@opentelemetry/exporter-prometheus');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { MeterProvider } = await import('@opentelemetry/sdk-metrics');
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withResourceConstantLabels: /^service$/,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const provider = new MeterProvider({ resource: resourceFromAttributes({ service }), readers: [exporter] });
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url?.split('?', 1)[0] === '/metrics') {
      exporter.getMetricsRequestHandler(request, response);
    } else {
      response.writeHead(404).end();
    }
  });
  await listening(server, host, port);
  const { port: found } = server.address() as AddressInfo;
  return {
    meter: provider.getMeter('expo-accord'),
    url: `http://${host}:${found}/metrics`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await provider.shutdown();
    },
  };
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}
