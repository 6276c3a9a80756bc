import {
  type Attributes,
  type Link,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { type RequestContext, runInContext } from './request-context';
import { isSampled, spanContextOf, traceIdIn, traceparentOf } from './traceparent';

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;

export interface SpanStart {
  name: string;
  kind: keyof typeof kinds;
  /** The `traceparent` it goes on from; a trace of its own, if there is none. */
  parent?: string | undefined;
  /** The `traceparent` of each other thing that it is about. */
  links?: readonly string[];
  /** Bounded words and numbers: no addresses, no names, no keys, no values that somebody entered. */
  attributes?: Attributes;
}

export interface OpenSpan {
  /** For what this span causes. */
  readonly traceparent: string;
  set(attributes: Attributes): void;
  /** @param errorType name or code of what went wrong; never its message, which may quote a value */
  end(errorType?: string): void;
}

/**
 * Spans made by hand. Their context travels as a `traceparent` text in our own request context, in headers and in rows,
 * so that there is one way for it and nothing has to be patched. Switched off, nothing is computed.
 */
export class Tracing {
  constructor(private readonly tracer?: Tracer) {}

  get isOn(): boolean {
    return this.tracer !== undefined;
  }

  /** Undefined when tracing is off; then `start` is not called either. */
  begin(start: () => SpanStart): OpenSpan | undefined {
    return this.tracer === undefined ? undefined : opened(this.tracer, start());
  }

  /**
   * A span about several messages: it is linked to each that is traced, and belongs to their trace if they have one in
   * common. Undefined where none is traced.
   * @param traceparents is not called when tracing is off
   */
  beginBatch(
    start: Omit<SpanStart, 'parent' | 'links'>,
    traceparents: () => readonly (string | undefined)[],
  ): OpenSpan | undefined {
    if (this.tracer === undefined) return undefined;
    const links = [...new Set(traceparents())].filter((each) => each !== undefined).filter(isSampled);
    const [first] = links;
    if (first === undefined) return undefined;
    const isOneTrace = links.every((each) => traceIdIn(each) === traceIdIn(first));
    return opened(this.tracer, { ...start, links, parent: isOneTrace ? first : undefined });
  }

  /** Does a part of what a request asked for earlier: in its context, and in a span of its trace if it is traced. */
  async resume<T>(context: RequestContext, name: string, work: () => Promise<T>): Promise<T> {
    const { traceparent: parent } = context;
    const span = parent === undefined ? undefined : this.begin(() => ({ name, kind: 'internal', parent }));
    let error: string | undefined = 'failed';
    try {
      const done = await runInContext(
        span === undefined ? context : { ...context, traceparent: span.traceparent },
        work,
      );
      error = undefined;
      return done;
    } finally {
      span?.end(error);
    }
  }
}

function opened(tracer: Tracer, { name, kind, parent, links = [], attributes = {} }: SpanStart): OpenSpan {
  const parentContext = spanContextOf(parent);
  const context = parentContext === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parentContext);
  const span = tracer.startSpan(name, { kind: kinds[kind], attributes, links: links.flatMap(linkTo) }, context);
  return {
    traceparent: traceparentOf(span.spanContext()),
    set: (more) => {
      span.setAttributes(more);
    },
    end: (errorType) => {
      if (errorType !== undefined) {
        span.setAttribute('error.type', errorType);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

function linkTo(traceparent: string): Link[] {
  const context = spanContextOf(traceparent);
  return context === undefined ? [] : [{ context }];
}
