import { organizationRecorded } from '@expo-accord/contracts';
import { until } from '../../../../test/support/until';
import { en } from '../../test/report-words';
import { type Answer, oneCaller } from '../../test/running-service';

const ndjson = { 'content-type': 'application/x-ndjson' };
const ref = (id: string): object[] => [{ system: 'crm', id }];
const asLines = (bodies: readonly object[]): string => bodies.map((body) => `${JSON.stringify(body)}\n`).join('');

interface Imported {
  lines: number;
  created: number;
  results: { line: number; outcome: string; code: string | null; id: string | null; errors?: { pointer: string }[] }[];
}

describe('an import', () => {
  const { call, enter, service } = oneCaller();

  const send = (path: string, body: string, headers = {}): Promise<Answer> =>
    call('POST', `/v1/${path}`, body, { ...ndjson, ...headers });
  const imported = async (path: string, bodies: readonly object[]): Promise<Imported> => {
    const answer = await send(path, asLines(bodies));
    expect(answer.status).toBe(200);
    return answer.body as unknown as Imported;
  };
  const outcomes = ({ results }: Imported): string[] => results.map(({ outcome, code }) => code ?? outcome);

  it('enters organisations, people and places, and tells of them', async () => {
    const ministry = { names: en('Ministry'), level: 'ministry', externalRefs: ref('o1') };
    const organizations = await imported('organizations/imports', [
      ministry,
      { names: en('Chamber'), externalRefs: ref('o2') },
    ]);
    expect(organizations).toMatchObject({ lines: 2, created: 2, refused: 0, dryRun: false });
    const [first] = organizations.results;
    const id = first?.id ?? '';
    expect((await call('GET', `/v1/organizations/${id}`)).body).toMatchObject(ministry);
    await until(
      () => service().wire.of(organizationRecorded, id),
      ({ length }) => length === 1,
    );
    const people = [{ name: { texts: { ko: '김민수' }, order: 'familyFirst' }, externalRefs: ref('p1') }];
    expect(await imported('people/imports', people)).toMatchObject({ created: 1 });
    expect(
      await imported('places/imports', [{ names: en('Seoul'), kind: 'city', externalRefs: ref('l1') }]),
    ).toMatchObject({ created: 1 });
    expect((await call('GET', '/v1/people?ref=crm:p1')).body).toMatchObject({ items: people });
  });

  it('finds a parent by its code, also one of an earlier line', async () => {
    const [province, city] = [
      { names: en('Jiangsu'), kind: 'province' },
      { names: en('Yancheng'), kind: 'city' },
    ];
    const below = (id: string): object => ({ parentRef: { system: 'crm', id } });
    const lines = [
      { ...province, externalRefs: ref('jiangsu') },
      { ...city, externalRefs: ref('yancheng'), ...below('jiangsu') },
      { ...city, externalRefs: ref('nowhere'), ...below('atlantis') },
      { ...city, externalRefs: ref('twice'), ...below('jiangsu'), parentId: null },
      { ...city, externalRefs: ref('unreadable'), parentRef: { id: 'jiangsu' } },
    ];
    const first = await imported('places/imports', lines);
    expect(outcomes(first)).toEqual(['created', 'created', 'invalid', 'invalid', 'invalid']);
    const problems = first.results.map(({ errors = [] }) => errors.map(({ pointer }) => pointer).join());
    expect(problems.slice(2)).toEqual(['/parentRef', '/parentRef', '/parentRef/system']);
    const parentId = first.results[0]?.id;
    const path = `/v1/places/${first.results[1]?.id}`;
    expect((await call('GET', path)).body).toMatchObject({ parentId });
    const other = { names: en('Jilin'), kind: 'province', externalRefs: ref('jilin') };
    const moved = { ...city, externalRefs: ref('yancheng'), ...below('jilin') };
    const again = await send('places/imports?onExisting=update', asLines([lines[1] ?? {}, other, moved]));
    expect(outcomes(again.body as unknown as Imported)).toEqual(['unchanged', 'created', 'updated']);
    const circle = await send(
      'places/imports?onExisting=update',
      asLines([
        { ...other, ...below('yancheng') },
        { ...lines[0], ...below('jiangsu') },
      ]),
    );
    expect(outcomes(circle.body as unknown as Imported)).toEqual(['place-cycle', 'place-cycle']);
    const person = { name: { texts: { ko: '김민수' }, order: 'familyFirst' }, externalRefs: ref('p9'), ...below('p1') };
    expect(outcomes(await imported('people/imports', [person]))).toEqual(['invalid']);
  });

  it('says of each line what became of it, and enters the others', async () => {
    const lines = [
      asLines([{ names: en('Right'), externalRefs: ref('e1') }]),
      '{"names": \n',
      '\n',
      asLines([
        { names: en('x'.repeat(2_000)), externalRefs: ref('e2') },
        { names: en('No code') },
        { names: en('Below'), parentId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b', externalRefs: ref('e3') },
        { names: en('Right again'), externalRefs: ref('e1') },
        { names: en('Last'), externalRefs: ref('e4') },
      ]),
    ].join('');
    const answer = (await send('organizations/imports', lines)).body as unknown as Imported;
    expect(answer.results.map(({ line }) => line)).toEqual([1, 2, 4, 5, 6, 7, 8]);
    expect(outcomes(answer)).toEqual([
      'created',
      'unparsable',
      'invalid',
      'external-ref-missing',
      'invalid',
      'skipped',
      'created',
    ]);
    expect(answer.results.flatMap(({ errors }) => errors ?? []).map(({ pointer }) => pointer)).toEqual([
      '',
      '/names/texts/en',
      '/externalRefs',
      '/parentId',
    ]);
  });

  it('is safe to send again, and corrects what is there when asked to', async () => {
    const [one, two] = [
      { names: en('One'), economy: 'KR', externalRefs: ref('s1') },
      { names: en('Two'), externalRefs: [...ref('s2'), { system: 'erp', id: '2' }] },
    ] as const;
    const first = await imported('organizations/imports', [one, two]);
    expect(outcomes(await imported('organizations/imports', [one, two]))).toEqual(['skipped', 'skipped']);
    expect(outcomes(await imported('organizations/imports?onExisting=refuse', [one]))).toEqual(['organization-exists']);
    const corrected = [{ names: en('One'), level: 'city', externalRefs: ref('s1') }, two];
    const again = await imported('organizations/imports?onExisting=update', corrected);
    expect(outcomes(again)).toEqual(['updated', 'unchanged']);
    expect(again.results.map(({ id }) => id)).toEqual(first.results.map(({ id }) => id));
    expect((await call('GET', '/v1/organizations?ref=crm:s1')).body).toMatchObject({
      items: [{ economy: 'KR', level: 'city', version: 2 }],
    });
    const both = [{ names: en('Both'), externalRefs: [...ref('s1'), ...ref('s2')] }];
    expect(outcomes(await imported('organizations/imports?onExisting=update', both))).toEqual(['external-ref-taken']);
    const keyed = { 'idempotency-key': 'import-1' };
    const body = asLines([{ names: en('Keyed'), externalRefs: ref('s3') }]);
    const answered = await send('organizations/imports', body, keyed);
    expect((await send('organizations/imports', body, keyed)).body).toEqual(answered.body);
  });

  it('leads to the one that stands for a duplicate', async () => {
    const kept = await enter('/v1/organizations', { names: en('Kept') });
    const line = { names: en('Twin'), externalRefs: ref('d1') };
    const [result] = (await imported('organizations/imports', [line])).results;
    await call('POST', `/v1/organizations/${result?.id ?? ''}/merge`, { intoId: kept }, { 'if-match': '"1"' });
    expect((await imported('organizations/imports', [line])).results).toMatchObject([{ outcome: 'skipped', id: kept }]);
  });

  it('is rehearsed without a trace', async () => {
    const lines = [
      { names: en('Rehearsed'), externalRefs: ref('r1') },
      { names: en('Rehearsed'), externalRefs: ref('r1') },
    ];
    const rehearsed = await imported('organizations/imports?dryRun=true', lines);
    expect(rehearsed.results).toMatchObject([{ outcome: 'created', id: null }, { outcome: 'skipped' }]);
    expect((await call('GET', '/v1/organizations?ref=crm:r1')).body).toMatchObject({ items: [] });
  });

  it('enters each line once when the same file is sent twice at once', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => ({
      names: en(`Firm ${at}`),
      externalRefs: ref(`twice-${at}`),
    }));
    const both = await Promise.all(
      [lines, [...lines].reverse()].map((file) => imported('organizations/imports', file)),
    );
    expect(both.map(({ created }) => created).reduce((sum, count) => sum + count)).toBe(300);
    expect(both.flatMap(outcomes).filter((outcome) => outcome !== 'created' && outcome !== 'skipped')).toEqual([]);
  });

  it('is refused as a whole where it is too long, empty or of another kind, and leaves nothing behind', async () => {
    const long = asLines(
      Array.from({ length: 2_001 }, (_, at) => ({ names: en('Long'), externalRefs: ref(`long-${at}`) })),
    );
    expect(await send('organizations/imports', long)).toMatchObject({
      status: 413,
      body: { code: 'import-too-large' },
    });
    expect((await call('GET', '/v1/organizations?ref=crm:long-0')).body).toMatchObject({ items: [] });
    expect(await send('organizations/imports', '\n\n')).toMatchObject({ status: 422 });
    expect(await call('POST', '/v1/organizations/imports', {})).toMatchObject({ status: 415 });
    expect(await send('organizations/imports', 'a,b', { 'content-type': 'text/csv' })).toMatchObject({ status: 415 });
    const reader = await service().caller(undefined, ['events:read']);
    expect((await reader.call('POST', '/v1/organizations/imports', '{}', ndjson)).status).toBe(403);
  });
});
