import { type Command } from 'commander';
import { withDatabase } from '../database';
import { WrongUsage } from '../exit-codes';
import { serviceOf } from '../options';
import { counted, type Report, table, type Tell } from '../report';
import { askService } from '../service-program';

/** What the recount program of the registrations service answers. */
interface Recounted {
  readonly events: number;
  readonly quotas: number;
  readonly wrong: readonly { eventId: string; tenantId: string; quota: string; taken: number; counted: number }[];
  /** Who got a place that had only been counted as taken. */
  readonly promoted: number;
}

interface Options {
  readonly event?: string;
  readonly repair?: boolean;
  readonly service?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function addQuotasCommands(program: Command, tell: Tell): void {
  const quotas = program.command('quotas').description('the places of the registrations service');
  quotas
    .command('recount')
    .description('whether the counter of each quota is the count of those who hold a place in it')
    .option('--event <id>', 'of one event; of all, if not given')
    .option('--repair', 'put counters right that are wrong, and give what is found free to those who wait')
    .action(async (_: unknown, self: Command) => {
      tell(await recount(self.optsWithGlobals<Options>()));
    });
}

async function recount({ event, repair = false, service }: Options): Promise<Report> {
  if (event !== undefined && !uuid.test(event)) throw new WrongUsage(`${event} is not the id of an event.`);
  const owner = serviceOf(service);
  if (owner !== 'registrations') throw new WrongUsage(`There are no quotas in ${owner}, whose settings these are.`);
  // Asked here for the sake of a clear answer: the service's own program would wait for what is away.
  await withDatabase((dataSource) => dataSource.query('SELECT 1'));
  const args = [...(event === undefined ? [] : ['--event', event]), ...(repair ? ['--repair'] : [])];
  const { events, quotas, wrong, promoted } = await askService<Recounted>(owner, 'recount', args);
  const rows = wrong.map((each) => [each.eventId, each.tenantId, each.quota, each.taken, each.counted]);
  const done = repair ? ` put right, and ${counted(promoted, 'person')} with a place by it` : '';
  return {
    text: [
      ...(rows.length === 0 ? [] : [table(['event', 'tenant', 'quota', 'taken', 'counted'], rows)]),
      `${counted(quotas, 'quota')} of ${counted(events, 'event')}; ${counted(wrong.length, 'counter')} wrong${done}.`,
    ].join('\n'),
    json: { events, quotas, wrong, repaired: repair, promoted },
    hasFindings: wrong.length > 0 && !repair,
  };
}
