import { type RunningService, startService } from './service';
import { signUpBody, type Tenant } from './tenant';

let service: RunningService;
let tenant: Tenant;
let eventId: string;

const people = {
  korean: { texts: { ko: '김민수', en: 'Kim Min-su' }, order: 'familyFirst' },
  chinese: { texts: { zh: '毛泽东' }, order: 'familyFirst', romanized: 'Máo Zédōng' },
  russian: { texts: { ru: 'Йосиф Иванов' }, order: 'givenFirst' },
  spanish: { texts: { es: 'José Ñandú' }, order: 'givenFirst' },
  japanese: { texts: { ja: 'ヤマダ　ハナコ' }, order: 'familyFirst' },
};

const found = async (path: string): Promise<unknown> => {
  const { items } = (await tenant.get(path)).body;
  return (items as { externalRefs: { id: string }[] }[]).map(({ externalRefs }) => externalRefs[0]?.id);
};

beforeAll(async () => {
  service = await startService();
  tenant = service.tenant();
  eventId = await tenant.openEvent();
  for (const [id, name] of Object.entries(people)) {
    const body = signUpBody({
      person: { name },
      organization: { name: `Hafen ${id}` },
      externalRefs: [{ system: 's', id }],
    });
    expect((await tenant.post(`/v1/events/${eventId}/registrations`, body)).status).toBe(201);
  }
});

afterAll(async () => {
  await service.stop();
});

describe('registrations looked for by name', () => {
  it.each([
    ['민수', ['korean']],
    ['김민'.normalize('NFD'), ['korean']],
    ['kim minsu', ['korean']],
    ['ＫＩＭ　ＭＩＮＳＵ', ['korean']],
    ['泽东', ['chinese']],
    ['mao zedong', ['chinese']],
    ['ИВАНОВ', ['russian']],
    ['йосиф'.normalize('NFD'), ['russian']],
    ['jose nandu', ['spanish']],
    ['ﾊﾅｺ', ['japanese']],
    ['HAFEN', Object.keys(people)],
    ['hafen-russian', ['russian']],
    ['%', []],
    ['-', []],
    ["o'; DROP", []],
  ])('are those whose person or organisation is called so in any script: %s', async (name, expected) => {
    const query = `name=${encodeURIComponent(name)}`;
    expect(await found(`/v1/events/${eventId}/registrations?${query}`)).toEqual(expected);
    expect(await found(`/v1/registrations?${query}`)).toEqual(expected);
  });

  it('are paged, narrowed by other filters, exported, and of no other tenant', async () => {
    const path = `/v1/events/${eventId}/registrations?name=hafen`;
    const first = (await tenant.get(`${path}&limit=3`)).body;
    const rest = await found(`${path}&limit=3&cursor=${String(first.nextCursor)}`);
    expect(rest).toEqual(['spanish', 'japanese']);
    expect(await found(`${path}&status=cancelled`)).toEqual([]);
    const { text } = await tenant.get(`/v1/events/${eventId}/registrations?name=minsu`, {
      headers: { accept: 'text/csv' },
    });
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
    expect((await service.tenant().get('/v1/registrations?name=hafen')).body.items).toEqual([]);
    expect((await tenant.get(`/v1/registrations?name=${'x'.repeat(201)}`)).status).toBe(422);
  });
});
