import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Link, type Tracer } from '@opentelemetry/api';
import type * as sdkTrace from '@opentelemetry/sdk-trace';
import { Logger } from '@nestjs/common';
import { type SamplerName } from './sampler-names';

export interface SpanExport {
  /** Base URL of an OTLP collector over HTTP. */
  endpoint: string;
  /** `name=value` pairs with commas between them, as OTEL_EXPORTER_OTLP_HEADERS has them. */
  headers?: string | undefined;
  sampler: SamplerName;
  /** Share of the traces that a ratio sampler keeps, 0 to 1. */
  ratio: number;
}

type Sdk = typeof sdkTrace;

/** A batch of the relay or of a consumer has so many messages at most, and a link to each. */
const mostLinks = 500;
const exportWithinMs = 5_000;
const lastExportWithinMs = 2_000;
const remindEveryMs = 60_000;

export interface ExportedSpans {
  tracer: Tracer;
  close: () => Promise<void>;
}

export async function exportSpans(service: string, options: SpanExport): Promise<ExportedSpans> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const sdk = await import('@opentelemetry/sdk-trace');
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint}/v1/traces`,
    headers: headersIn(options.headers ?? ''),
    timeoutMillis: exportWithinMs,
  });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.instance.id': randomUUID() }),
    sampler: samplerOf(sdk, options),
    spanLimits: { linkCountLimit: mostLinks },
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: complaining(exporter), scheduledDelayMillis: 1_000 })],
  });
  return {
    tracer: provider.getTracer('expo-accord'),
    close: async () => {
      // A collector that does not answer must not hold up the end of a process.
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        delay(lastExportWithinMs, undefined, { ref: false }),
      ]);
    },
  };
}

function headersIn(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())] as const];
  });
  return Object.fromEntries(pairs);
}

function samplerOf(sdk: Sdk, { sampler, ratio }: SpanExport): sdkTrace.Sampler {
  const roots = {
    always_on: () => new sdk.AlwaysOnSampler(),
    always_off: () => new sdk.AlwaysOffSampler(),
    traceidratio: () => new sdk.TraceIdRatioBasedSampler(ratio),
  };
  if (sampler === 'always_on' || sampler === 'always_off' || sampler === 'traceidratio') return roots[sampler]();
  const root = roots[sampler.slice('parentbased_'.length) as keyof typeof roots]();
  return orAboutASampledOne(sdk, new sdk.ParentBasedSampler({ root }));
}

/** What is about several traces has no parent that decides; it is kept if one of them is. */
function orAboutASampledOne({ SamplingDecision }: Sdk, sampler: sdkTrace.Sampler): sdkTrace.Sampler {
  const isSampled = ({ context }: Link): boolean => context.traceFlags === 1;
  return {
    shouldSample: (context, traceId, name, kind, attributes, links) =>
      links.some(isSampled)
        ? { decision: SamplingDecision.RECORD_AND_SAMPLED }
        : sampler.shouldSample(context, traceId, name, kind, attributes, links),
    toString: () => `${sampler.toString()} or about a sampled one`,
  };
}

/** Spans that cannot be exported are lost; somebody should know, but not once a second. */
function complaining(exporter: sdkTrace.SpanExporter): sdkTrace.SpanExporter {
  const logger = new Logger('Telemetry');
  let saidAt = -Infinity;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        if (result.error !== undefined && Date.now() - saidAt > remindEveryMs) {
          saidAt = Date.now();
          logger.warn(`Spans cannot be exported: ${result.error.message}`);
        }
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: async () => exporter.shutdown(),
  };
}
