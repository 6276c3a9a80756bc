import { type BenchRun, type Outcome } from './bench';
import { consumedInBatches, consumedOneByOne } from './consuming-rates';
import { idleCpu } from './idle-cpu';
import { medianOf } from './report';
import { takeovers } from './takeover';

const MESSAGES = 100_000;
const IDLE_SECONDS = 30;

/** How quickly messages have their effects, how soon another takes over, and what waiting for messages costs. */
export async function consume(run: BenchRun): Promise<Outcome> {
  const { messages = MESSAGES, seconds = IDLE_SECONDS } = run;
  const batch = await consumedInBatches(run, messages);
  const single = await consumedOneByOne(run, Math.ceil(messages / 10));
  const takeover = await takeovers(run);
  const idle = await idleCpu(run, seconds);
  return {
    rows: [
      { what: 'in batches', unit: 'messages/s', values: batch.perSecond },
      { what: `bare SQL, ${batch.size} messages in a transaction`, unit: 'messages/s', values: batch.peer },
      { what: 'in batches, of bare SQL', unit: '', values: batch.ratios, goal: '>= 0.5' },
      { what: 'one transaction a message', unit: 'messages/s', values: single.perSecond },
      { what: `${single.peerName}, the same transaction`, unit: 'transactions/s', values: single.peer },
      { what: `one a message, of ${single.peerName}`, unit: '', values: single.ratios, goal: '>= 0.7' },
      { what: 'taken over after kill -9', unit: 'ms', values: takeover.killMs, goal: '<= 10,000' },
      { what: 'longest rest around SIGTERM', unit: 'ms', values: takeover.termMs, goal: '<= 1,000' },
      { what: 'five services, idle', unit: 'of a core', values: idle, goal: '<= 0.05' },
    ],
    notes: [batch.note, single.note, takeover.note],
    figures: {
      batchPerSecond: medianOf(batch.perSecond),
      ratioBatch: medianOf(batch.ratios),
      singlePerSecond: medianOf(single.perSecond),
      ratioSingle: medianOf(single.ratios),
      singlePeer: single.peerName,
      takeoverKillMs: Math.max(...takeover.killMs),
      takeoverTermMs: Math.max(...takeover.termMs),
      idleCpu: idle.length === 0 ? null : medianOf(idle),
    },
  };
}
