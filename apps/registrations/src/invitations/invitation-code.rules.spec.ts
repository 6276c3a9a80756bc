import { hashOfCode, newInvitationCode } from './invitation-code.rules';

describe('an invitation code', () => {
  it('is four groups of letters and digits that nobody takes for others, and never the same', () => {
    const codes = new Set(Array.from({ length: 1_000 }, newInvitationCode));
    expect(codes.size).toBe(1_000);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('is found however it was typed, and is not in its hash', () => {
    const hash = hashOfCode('7K3M-01ZD-0V4T-HRXA');
    for (const typed of ['7k3m01zd0v4thrxa', ' 7K3M OLZD OV4T HRXA ', '７Ｋ３Ｍ-0IZD-0V4T-HRXA']) {
      expect(hashOfCode(typed)).toBe(hash);
    }
    expect(hashOfCode('7K3M-01ZD-0V4T-HRXB')).not.toBe(hash);
  });
});
