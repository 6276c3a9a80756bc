import { joined, lackingNames, withValueAt } from './merge.rules';

const text = (texts: Record<string, string>): { original: string; texts: Record<string, string> } => ({
  original: Object.keys(texts)[0] ?? 'en',
  texts,
});

describe('what of a duplicate is taken over', () => {
  it('is every name that says something new, in any language', () => {
    const ministry = text({ en: 'Ministry', ko: '부' });
    expect(lackingNames([ministry], [text({ en: 'Ministry' }), text({ en: 'Ministry', zh: '部' })])).toEqual([
      text({ en: 'Ministry', zh: '部' }),
    ]);
    expect(lackingNames([ministry], [text({ zh: 'Ministry' })])).toEqual([text({ zh: 'Ministry' })]);
  });

  it('is a name once, however often the duplicate says it', () => {
    expect(lackingNames([], [text({ en: 'MOTIE' }), text({ en: 'MOTIE' })])).toEqual([text({ en: 'MOTIE' })]);
  });

  it('is another romanisation of the same name', () => {
    const name = { texts: { ko: '홍길동' }, order: 'familyFirst' as const };
    expect(lackingNames([name], [name])).toEqual([]);
    expect(lackingNames([name], [{ ...name, romanized: 'Hong Gil-dong' }])).toHaveLength(1);
  });

  it('is each identifier that is not there yet', () => {
    const lei = { scheme: 'lei', value: '1' };
    expect(
      joined(
        [lei],
        [
          { value: '1', scheme: 'lei' },
          { scheme: 'lei', value: '2' },
        ],
      ),
    ).toEqual([lei, { scheme: 'lei', value: '2' }]);
    expect(joined(undefined, undefined)).toEqual([]);
  });
});

describe('a reference', () => {
  it('is moved where it stands, and the rest left alone', () => {
    const body = { hosts: { items: [{ organizationId: 'a' }, { organizationId: 'b' }] }, parentId: 'a' };
    expect(withValueAt(body, '/hosts/items/1/organizationId', 'c')).toEqual({
      hosts: { items: [{ organizationId: 'a' }, { organizationId: 'c' }] },
      parentId: 'a',
    });
    expect(withValueAt(body, '/parentId', 'c').parentId).toBe('c');
    expect(body.hosts.items[1]).toEqual({ organizationId: 'b' });
  });
});
