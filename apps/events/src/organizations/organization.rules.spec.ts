import { impossibleIdentifiers } from './organization.rules';

const of = (scheme: string, ...values: string[]): string[] =>
  impossibleIdentifiers(values.map((value) => ({ scheme, value }))).map(({ pointer }) => pointer);

describe('the identifiers of an organisation', () => {
  it('are taken where the check digits of an LEI fit, and of any other scheme as they are', () => {
    expect(of('lei', '529900T8BM49AURSDO55', '5493001KJTIIGC8Y1R12')).toEqual([]);
    expect(of('uscc', '91310000MA1FL8XN1X')).toEqual([]);
    expect(impossibleIdentifiers(undefined)).toEqual([]);
  });

  it('are refused where an LEI was mistyped, each by its place', () => {
    const mistyped = ['529900T8BM49AURSDO56', '592900T8BM49AURSDO55', '529900t8bm49aursdo55', '529900T8BM49AURSDO5'];
    expect(of('lei', ...mistyped)).toEqual(mistyped.map((_, index) => `/identifiers/${index}/value`));
    expect(of('lei', '529900T8BM49AURSDO55', '1')).toEqual(['/identifiers/1/value']);
  });
});
