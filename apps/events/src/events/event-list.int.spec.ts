import { publishableEvent } from '../../test/publishable-event';
import { en, some } from '../../test/report-words';
import { type Answer, runService, type RunningService } from '../../test/running-service';

type Call = Awaited<ReturnType<RunningService['caller']>>['call'];

interface Listed {
  items: { id: string; label?: string; names: object }[];
  nextCursor: string | null;
}

describe('lists of events', () => {
  let service: RunningService;

  beforeAll(async () => {
    service = await runService();
  });
  afterAll(async () => {
    await service.stop();
  });

  const enter = async (call: Call, body: object): Promise<string> => {
    const answer = await call('POST', '/v1/events', { names: en('Event'), kind: 'forum', ...body });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  const page = async (call: Call, query: string): Promise<Listed> => {
    const answer = await call('GET', `/v1/events?${query}`);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body as unknown as Listed;
  };
  const labels = async (call: Call, query: string): Promise<(string | undefined)[]> =>
    (await page(call, query)).items.map(({ label }) => label);
  const throughAll = async (call: Call, query: string): Promise<string[]> => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const next: Listed = await page(call, `${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
      ids.push(...next.items.map(({ id }) => id));
      cursor = next.nextCursor;
    } while (cursor !== null);
    return ids;
  };

  it.each(['createdAt', '-createdAt', 'startsOn', '-startsOn', 'updatedAt'])(
    'by %s neither skip nor repeat while events are added',
    async (sort) => {
      const { call } = await service.caller();
      const day = (n: number): object => ({ date: n % 5 === 0 ? null : { edtf: `2030-05-0${(n % 5) + 1}` } });
      const there = new Set<string>();
      for (let n = 0; n < 20; n += 1) there.add(await enter(call, day(n)));
      const adding = Array.from({ length: 3 }, async (_, writer) => {
        for (let n = 0; n < 15; n += 1) await enter(call, day(n + writer));
      });
      const met = await throughAll(call, `sort=${sort}&limit=2`);
      await Promise.all(adding);
      expect(met).toHaveLength(new Set(met).size);
      expect(met).toEqual(expect.arrayContaining([...there]));
      const rest = await throughAll(call, `sort=${sort}&limit=7`);
      expect(new Set(rest).size).toBe(65);
      expect(rest).toHaveLength(65);
    },
  );

  it('are sorted by the day they begin on, those without one last', async () => {
    const { call } = await service.caller();
    await enter(call, { label: 'unknown' });
    await enter(call, { label: 'seoul', startsAt: { local: '2030-05-02T00:30', zone: 'Asia/Seoul' } });
    await enter(call, { label: 'year', date: { edtf: '2030' } });
    await enter(call, { label: 'before', historical: true, date: { edtf: '../2020-09-03' } });
    const inOrder = ['before', 'year', 'seoul', 'unknown'];
    expect(await labels(call, 'sort=startsOn')).toEqual(inOrder);
    expect(await labels(call, 'sort=-startsOn')).toEqual(inOrder.toReversed());
    expect(await labels(call, 'from=2030-05-02&to=2030-05-31&sort=startsOn')).toEqual(['year', 'seoul']);
    expect(await labels(call, 'to=2030-05-01&sort=startsOn')).toEqual(['before', 'year']);
    expect(await labels(call, 'from=2031-01-01')).toEqual([]);
  });

  it('follow an event whose date is changed', async () => {
    const { call } = await service.caller();
    const id = await enter(call, { label: 'moved', date: { edtf: '2030-05' } });
    await call('PATCH', `/v1/events/${id}`, { date: { edtf: '2031-05' } }, { 'if-match': '"1"' });
    expect(await labels(call, 'from=2031-01-01')).toEqual(['moved']);
    expect(await labels(call, 'to=2030-12-31')).toEqual([]);
  });

  it('are narrowed by series, side, kind, status, period and industry', async () => {
    const { call } = await service.caller();
    const seriesId = (await call('POST', '/v1/series', { names: en('Series'), kind: 'forum' })).body.id;
    const industries = (...codes: string[]): object =>
      some(...codes.map((code) => ({ code, text: en(`industry ${code}`) })));
    await enter(call, {
      label: 'a',
      seriesId,
      economies: ['CN', 'KR'],
      focusIndustries: industries('newEnergy', 'ict'),
    });
    await enter(call, { label: 'b', kind: 'fair', economies: ['JP'], focusIndustries: industries('ict') });
    const live = await call('POST', '/v1/events', publishableEvent('c', { label: 'c', economies: ['KR'] }));
    await call('POST', `/v1/events/${live.body.id}/publish`);
    expect(await labels(call, `seriesId=${seriesId}`)).toEqual(['a']);
    expect(await labels(call, 'side=KR')).toEqual(['a', 'c']);
    expect(await labels(call, 'kind=fair')).toEqual(['b']);
    expect(await labels(call, 'status=published')).toEqual(['c']);
    expect(await labels(call, 'industry=ict')).toEqual(['a', 'b']);
    expect(await labels(call, 'industry=ict&side=KR&status=draft')).toEqual(['a']);
    expect(await labels(call, 'side=KR&from=2030-05-01&to=2030-05-01')).toEqual(['c']);
  });

  it('show what has changed since', async () => {
    const { call } = await service.caller();
    const id = await enter(call, { label: 'old' });
    await enter(call, { label: 'newer' });
    const { updatedAt } = (await call('GET', `/v1/events/${id}`)).body as unknown as { updatedAt: string };
    const changed = await call('PATCH', `/v1/events/${id}`, { label: 'changed' }, { 'if-match': '"1"' });
    const since = (changed.body as unknown as { updatedAt: string }).updatedAt;
    expect(await labels(call, `changedSince=${updatedAt}`)).toEqual(['changed', 'newer']);
    expect(await labels(call, `changedSince=${since}`)).toEqual(['changed']);
  });

  it('refuse a query that makes no sense, with each wrong part named', async () => {
    const { call } = await service.caller();
    const pointers = ({ body }: Answer): string[] =>
      (body as unknown as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer).sort();
    const wrong = await call(
      'GET',
      '/v1/events?side=Korea&industry=New+energy&from=2030-02-30&to=May&sort=size&limit=0',
    );
    expect(wrong.status).toBe(422);
    expect(pointers(wrong)).toEqual(['/from', '/industry', '/limit', '/side', '/sort', '/to']);
    await enter(call, {});
    await enter(call, {});
    const { nextCursor } = await page(call, 'sort=startsOn&limit=1');
    const madeUp = Buffer.from(`firstDay 0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b 2030-02-30`).toString('base64url');
    for (const query of [
      `cursor=${nextCursor}`,
      `sort=updatedAt&cursor=${nextCursor}`,
      `sort=startsOn&cursor=${madeUp}`,
    ]) {
      const refused = await call('GET', `/v1/events?${query}`);
      expect([refused.status, ...pointers(refused)]).toEqual([422, '/cursor']);
    }
  });

  it('find a name in any script, however it is typed', async () => {
    const { call } = await service.caller();
    const texts = {
      zh: '中日韩产业合作发展论坛',
      ko: '한중일 산업협력 발전포럼',
      ja: '日中韓ビジネスフォーラム',
      en: 'China-Japan-Korea Industrial Forum',
      fr: 'Forum économique d’Évian',
    };
    const aliases = [{ names: en('Weifang 100% Forum_A') }];
    const id = await enter(call, { names: { original: 'zh', texts }, aliases });
    await enter(call, { names: en('Something else, 1000 people') });
    const found = async (name: string): Promise<string[]> =>
      (await page(call, `name=${encodeURIComponent(name)}`)).items.map((item) => item.id);
    const asTyped = [
      '产业合作',
      '日',
      '산업협력',
      '산업 협력',
      '산업협력'.normalize('NFD'),
      'ﾋﾞｼﾞﾈｽ',
      'ビジネス',
      'china japan',
    ];
    const folded = ['CHINA－JAPAN', 'Ｋｏｒｅａ', 'economique', 'ÉCONOMIQUE', 'evian', 'weifang 100', 'forum_a'];
    for (const name of [...asTyped, ...folded]) expect([name, await found(name)]).toEqual([name, [id]]);
    for (const name of ['论文', '%', '_', '---', '2000%']) expect([name, await found(name)]).toEqual([name, []]);
  });
});
