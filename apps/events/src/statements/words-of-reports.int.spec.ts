import { all, en, inferred, many } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

/** Who was there and said what, and what was published of whole series. */
describe('words of reports', () => {
  const { call } = oneCaller();

  /** Enters the body and expects it back, word for word, from where the answer says it is. */
  const entered = async (path: string, body: object): Promise<string> => {
    const created = await call('POST', path, body);
    expect(created).toMatchObject({ status: 201, body });
    const read = await call('GET', String(created.headers.location));
    expect(read).toMatchObject({ status: 200, body });
    return created.body.id;
  };

  it('come back of a forum with its theme, its hosts and what was said', async () => {
    const un = await entered('/v1/organizations', { names: en('United Nations'), level: 'internationalBody' });
    const forum = await entered('/v1/events', {
      names: en('2024 China-Japan-Korea Industrial Cooperation Development Forum'),
      kind: 'forum',
      label: '2024',
      historical: true,
      status: 'ongoing',
      theme: en('Open, Inclusive, Cooperative, and Win-Win'),
      topics: all({ text: en('building a modern industrial system') }),
      date: { edtf: '2024-10-17/2024-10-19' },
      hosts: all({ name: en('Japan External Trade Organization'), role: 'coHost', side: 'JP' }),
      subEvents: { completeness: 'illustrative' },
    });
    const ban = await entered('/v1/people', {
      name: { texts: { en: 'Ban Ki-moon', ko: '반기문' }, order: 'familyFirst' },
      economy: 'KR',
    });
    await entered(`/v1/events/${forum}/participations`, {
      personId: ban,
      role: 'openingSpeaker',
      posts: [
        { title: en('Secretary-General'), organizationId: un, tenure: 'former', ordinal: 8, asReported: 'the eighth' },
        { title: en('Chairman'), organization: en('Boao Forum for Asia'), tenure: 'present' },
      ],
    });
    await entered(`/v1/events/${forum}/statements`, {
      personId: ban,
      speaker: { person: { texts: { en: 'Ban Ki-moon' }, order: 'familyFirst' } },
      form: 'indirect',
      text: en('Exchanges should deepen through platforms such as the forum'),
      position: 1,
    });
    await entered(`/v1/events/${forum}/statements`, {
      speaker: {
        person: { texts: { en: 'Xu Kunlin' }, order: 'familyFirst' },
        post: en('governor of this province'),
        recalls: { person: { texts: { en: 'Xi Jinping' }, order: 'familyFirst' }, post: en('Chinese President') },
      },
      form: 'indirect',
      text: en('On technology the two should do more together'),
      modality: 'should',
    });
    await entered(`/v1/events/${forum}/statements`, {
      speaker: { post: en('moderator') },
      form: 'verbatim',
      spokenLanguage: null,
      translated: null,
      text: en('“Welcome to all of you”'),
    });
  });

  it('come back of a series under two names, with figures for all of its editions', async () => {
    const seriesId = await entered('/v1/series', {
      names: en('China-South Korea Trade and Investment Expo'),
      aliases: [{ names: en('China-South Korea Environmental and Innovation Cooperation Exhibition') }],
      kind: 'exposition',
    });
    await entered('/v1/figures', {
      subject: { seriesId },
      metric: 'businessVolume',
      quantity: {
        qualifier: 'approx',
        value: '7000000000',
        currency: 'USD',
        asReported: 'about seven billion dollars',
      },
      inferred: inferred('/quantity/currency', 'the report says dollars'),
      certainty: 'inferred',
      because: 'the currency',
      period: { edtf: '2019/..', asReported: 'since 2019' },
      covers: {
        items: [{ label: 'five editions since 2019' }],
        completeness: 'illustrative',
        count: many('5', 'edition'),
      },
    });
    const found = await call('GET', `/v1/series?name=${encodeURIComponent('environmental and innovation')}`);
    expect(found.body).toMatchObject({ items: [{ id: seriesId }] });
  });

  it('are shown in the language that the reader prefers', async () => {
    const names = { original: 'en', texts: { en: 'Forum', ko: '포럼' } };
    const startsAt = { local: '2024-10-17T09:00', zone: 'Asia/Shanghai' };
    const { id } = (await call('POST', '/v1/events', { names, kind: 'forum', startsAt })).body;
    const { body, headers } = await call('GET', `/v1/events/${id}`, undefined, { 'accept-language': 'ko' });
    expect(body).toMatchObject({ names: { ...names, display: { tag: 'ko', text: '포럼' } }, startsAt });
    expect(body).toHaveProperty('startsAt.at');
    expect(headers['content-language']).toBe('ko');
  });
});
