import { agreementEnteredIntoForce, agreementProgressed, type AgreementSnapshot } from '@expo-accord/contracts';
import { until } from '../../../test/support/until';
import { EntryIntoForceWorker } from '../src/entry-into-force/entry-into-force.worker';
import { type AgreementsService, type Answer, type Tenant } from './agreements-service';

export const en = (text: string): object => ({ original: 'en', texts: { en: text } });
export const three = [
  { economy: 'CN', name: en('China') },
  { economy: 'KR', name: en('Korea') },
  { economy: 'JP', name: en('Japan') },
];
export const instruments = (value: string): object => ({
  rule: 'onInstruments',
  instruments: { qualifier: 'exact', value, unit: 'instrument' },
});
export const idOf = (path: string): string => path.slice('agreements/'.length);

/** What a tenant does with treaties until they are in force, and what is heard of it. */
export class TreatyDesk {
  constructor(
    private readonly service: AgreementsService,
    private readonly tenant: Tenant,
  ) {}

  /** @returns its path */
  async agreed(entryIntoForce: object | null, items: object[] = three, given: object = {}): Promise<string> {
    const parties = { completeness: 'exhaustive', items };
    const body = { type: 'treaty', titles: en('Treaty'), parties, ...(entryIntoForce && { entryIntoForce }), ...given };
    const path = `agreements/${String((await this.tenant.post('agreements', body)).body['id'])}`;
    for (const action of ['negotiate', 'agree']) expect((await this.tenant.post(`${path}/${action}`)).status).toBe(200);
    return path;
  }

  async signed(...given: Parameters<TreatyDesk['agreed']>): Promise<string> {
    const path = await this.agreed(...given);
    expect((await this.tenant.post(`${path}/sign`, { on: { edtf: '2020-06-01' } })).status).toBe(200);
    return path;
  }

  async ratify(path: string, economy: string, on = '2020-07-01', more: object = {}): Promise<Answer> {
    return this.tenant.post(`${path}/consents`, { party: { economy }, kind: 'ratified', on: { edtf: on }, ...more });
  }

  /** Lets so many look at once for whose day has come. */
  async enterAt(time: string, lookers = 1): Promise<void> {
    this.service.clock.time = time;
    const worker = this.service.app.get(EntryIntoForceWorker);
    await Promise.all(Array.from({ length: lookers }, () => worker.enterDue()));
    // The process looks by itself, too, and what it holds the others pass over: it is that time until it has let go.
    await this.service.database.query('SELECT FROM agreement WHERE enters_on IS NOT NULL FOR UPDATE');
    this.service.clock.time = undefined;
  }

  entries(path: string): { data: AgreementSnapshot }[] {
    return this.service.wire.of(agreementEnteredIntoForce, idOf(path));
  }

  async trail(path: string): Promise<string[]> {
    const { body } = await this.tenant.get<{ items: { action: string }[] }>(`${path}/audit`);
    return body.items.map(({ action }) => action);
  }

  /** Says one thing more, so that whatever was said before it has arrived. */
  async settled(path: string): Promise<void> {
    expect((await this.tenant.post(`${path}/terminate`)).status).toBe(200);
    await until(
      () => this.service.wire.of(agreementProgressed, idOf(path)),
      ({ length }) => length > 0,
    );
  }
}
