import { en } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

interface Listed {
  items: { id: string }[];
  nextCursor: string | null;
}

describe('lists of organisations, people and places', () => {
  const { call, enter } = oneCaller();

  const throughAll = async (query: string): Promise<string[]> => {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await call('GET', `/v1/${query}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(answer).toMatchObject({ status: 200 });
      const page = answer.body as unknown as Listed;
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return ids;
  };

  it('are sorted by name, however long and in which script it is, while others are added', async () => {
    const long = '产业合作发展论坛'.repeat(20);
    const texts = ['Évian', 'beta', 'Alpha 2', 'alpha', '!?', `${long}b`, `${long}a`, '한국무역협회'];
    const ids: string[] = [];
    for (const text of texts) {
      const names = { original: 'de', texts: { de: text, en: 'Association' } };
      ids.push(await enter('/v1/organizations', { names }));
    }
    // What agrees in its first hundred characters stands in the order in which it was entered.
    const inOrder = ['!?', 'alpha', 'Alpha 2', 'beta', 'Évian', `${long}b`, `${long}a`, '한국무역협회'];
    const expected = inOrder.map((text) => ids[texts.indexOf(text)]);
    expect(await throughAll('organizations?sort=name')).toEqual(expected);
    expect(await throughAll('organizations?sort=-name')).toEqual(expected.toReversed());
    const adding = Promise.all(
      ['beta', 'zeta', 'alpha'].map((text) => enter('/v1/organizations', { names: en(text) })),
    );
    const met = await throughAll('organizations?sort=name');
    await adding;
    expect(met).toHaveLength(new Set(met).size);
    expect(met).toEqual(expect.arrayContaining(ids));
    const path = `/v1/organizations/${ids[1]}`;
    await call('PATCH', path, { names: { texts: { de: 'Aleph' } } }, { 'if-match': '"1"' });
    expect((await throughAll('organizations?sort=name')).indexOf(ids[1] ?? '')).toBe(1);
  });

  it('have people under their romanised name, and refuse a cursor that no list gave out', async () => {
    const name = (texts: object, romanized?: string): object => ({
      name: { texts, order: 'familyFirst', ...(romanized && { romanized }) },
    });
    const kim = await enter('/v1/people', name({ ko: '김민수' }, 'Kim Min-su'));
    const gao = await enter('/v1/people', name({ zh: '高燕', en: 'Gao Yan' }));
    const mao = await enter('/v1/people', name({ zh: '毛泽东' }));
    expect(await throughAll('people?sort=name')).toEqual([gao, kim, mao]);
    const cursors = [
      'sortName {id} a\0b',
      `sortName {id} ${'x'.repeat(101)}`,
      'updatedAt {id} gao yan',
      'sortName x y',
    ];
    for (const madeUp of cursors) {
      const cursor = Buffer.from(madeUp.replace('{id}', gao)).toString('base64url');
      const refused = await call('GET', `/v1/people?sort=name&cursor=${cursor}`);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/cursor' }] } });
    }
    expect((await call('GET', '/v1/places?sort=size')).status).toBe(422);
  });
});
