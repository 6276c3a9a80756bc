import { withReadOnlyFields } from './read-only-fields';

const names = { original: 'zh', texts: { zh: '论坛', en: 'Forum', ko: '포럼' } };

describe('read-only fields of an answer', () => {
  it('give the instant of every scheduled time, however deep it lies', () => {
    const { answer } = withReadOnlyFields(
      { items: [{ startsAt: { local: '2024-10-17T09:00', zone: 'Asia/Shanghai' } }] },
      undefined,
    );
    expect(answer).toMatchObject({
      items: [{ startsAt: { at: expect.stringMatching(/^2024-10-17T01:00:00/) as string } }],
    });
  });

  it('show a text in the language the reader prefers, and keep its shape', () => {
    const { answer, languages } = withReadOnlyFields({ names }, 'ko-KR, en;q=0.5');
    expect(answer).toEqual({ names: { ...names, display: { tag: 'ko', text: '포럼' } } });
    expect([...languages]).toEqual(['ko']);
  });

  it('show none to a reader who did not say', () => {
    expect(withReadOnlyFields({ names }, undefined).answer).toEqual({ names });
  });

  it('leave alone what is no plain data', () => {
    const file = new (class {
      original = 'a file';
      texts = {};
    })();
    expect(withReadOnlyFields(file, 'en').answer).toBe(file);
  });
});
