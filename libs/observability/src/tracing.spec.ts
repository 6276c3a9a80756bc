import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { Tracing } from './tracing';

const parentOf = (trace: string, span = '00f067aa0ba902b7', flags = '01') => `00-${trace.repeat(32)}-${span}-${flags}`;
const relay = { name: 'send', kind: 'producer' } as const;

function recorded(work: (tracing: Tracing) => void) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  work(new Tracing(provider.getTracer('spec')));
  return exporter.getFinishedSpans();
}

describe('a span', () => {
  it('goes on from its parent and tells what it causes to go on from itself', () => {
    let traceparent: string | undefined;
    const [span] = recorded((tracing) => {
      const open = tracing.begin(() => ({ name: 'a', kind: 'server', parent: parentOf('a') }));
      traceparent = open?.traceparent;
      open?.end();
    });
    expect(span?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
    expect(traceparent).toBe(`00-${'a'.repeat(32)}-${span?.spanContext().spanId ?? ''}-01`);
  });

  it('about messages of one trace belongs to it', () => {
    const links = [parentOf('a'), parentOf('a'), undefined, parentOf('a', 'b7ad6b7169203331')];
    const [span] = recorded((tracing) => tracing.beginBatch(relay, () => links)?.end());
    expect(span?.spanContext().traceId).toBe('a'.repeat(32));
    expect(span?.links.map(({ context }) => context.spanId)).toEqual(['00f067aa0ba902b7', 'b7ad6b7169203331']);
  });

  it('about messages of several traces has one of its own and is linked to each', () => {
    const [span] = recorded((tracing) => tracing.beginBatch(relay, () => [parentOf('a'), parentOf('b')])?.end());
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.links.map(({ context }) => context.traceId)).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
  });

  it('about messages of which none is traced is not made', () => {
    const untraced = [undefined, parentOf('a', '00f067aa0ba902b7', '00')];
    expect(recorded((tracing) => tracing.beginBatch(relay, () => untraced)?.end())).toEqual([]);
  });

  it('costs nothing when tracing is off', () => {
    const compute = jest.fn();
    expect(new Tracing().begin(compute)).toBeUndefined();
    expect(new Tracing().beginBatch(relay, compute)).toBeUndefined();
    expect(compute).not.toHaveBeenCalled();
  });
});
