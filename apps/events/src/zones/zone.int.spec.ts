import { newId } from '@expo-accord/database';
import { en, some } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

describe('the catalogue of a zone', () => {
  const { call, enter } = oneCaller();

  const zone = (entry: object): object => ({
    names: en('China-Korea demonstration zone'),
    kind: 'demonstrationZone',
    catalogue: some({ kind: 'majorProject', text: en('A plant for hydrogen vehicles'), ...entry }),
  });

  it('says of an entry what it is called, what it costs and whom to ask', async () => {
    const organizationId = await enter('/v1/organizations', { names: en('Investment office') });
    const personId = await enter('/v1/people', { name: { texts: { en: 'Wang Lei' }, order: 'familyFirst' } });
    const body = zone({
      title: en('Hydrogen park'),
      amount: { qualifier: 'atLeast', lower: '1200000000', inclusive: true, currency: 'CNY' },
      contact: { organizationId, personId, described: en('its second department') },
    });
    const id = await enter('/v1/zones', body);
    expect((await call('GET', `/v1/zones/${id}`)).body).toMatchObject(body);
  });

  it('takes no amount but money, and no contact that is not known', async () => {
    const wrong = zone({
      amount: { qualifier: 'exact', value: '12', unit: 'hectare' },
      contact: { organizationId: newId(), personId: newId() },
    });
    const refused = await call('POST', '/v1/zones', wrong);
    const { errors } = refused.body as unknown as { errors: { pointer: string; code: string }[] };
    expect([refused.status, ...errors.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
      422,
      '/catalogue/items/0/amount/currency currency-missing',
      '/catalogue/items/0/contact/organizationId reference-unknown',
      '/catalogue/items/0/contact/personId reference-unknown',
    ]);
  });
});
