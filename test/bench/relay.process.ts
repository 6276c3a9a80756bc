import { MESSAGING_OPTIONS, type MessagingOptions, Relay } from '@expo-accord/messaging';
import { service } from '../support/messaging-service';
import { cpuOfThisProcess } from './cpu';
import { now } from './latencies';
import { answerQuestions } from './measured-process';
import { type Stretch, Times } from './series-stream';

/** What was acknowledged in a stretch, and what that cost this process. */
export interface RelayFigures {
  readonly acknowledged: Float64Array;
  readonly cpu: number;
}

/** A process of a service with its relay. Notes the moment at which each send is acknowledged. */
async function main(): Promise<void> {
  const app = await service({ env: process.env as Record<string, string> });
  let times: Times | undefined;
  let count = 0;
  let cpu = cpuOfThisProcess();
  const options: MessagingOptions & { publisher: MessagingOptions['publisher'] } = app.get(MESSAGING_OPTIONS);
  const { publisher } = options;
  // In time: the relay asks for one when it has something to send.
  Object.assign(options, {
    publisher: () => {
      const made = publisher();
      const publish = made.publish.bind(made);
      made.publish = async (records) => {
        await publish(records);
        const at = now();
        count += records.length;
        for (const { headers } of records) {
          times?.note(headers.ce_source ?? '', Number(headers.ce_sequence), at);
        }
      };
      return made;
    },
  });
  answerQuestions(
    {
      ready: () => app.get(Relay).state,
      begin: (stretch: Stretch) => {
        times = new Times(stretch);
        count = 0;
        cpu = cpuOfThisProcess();
      },
      count: () => count,
      figures: (): RelayFigures => ({ acknowledged: times?.at ?? new Float64Array(), cpu: cpu() }),
    },
    () => app.close(),
  );
}

void main();
