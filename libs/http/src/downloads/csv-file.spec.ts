import { columnsOf, csvFile } from './csv-file';

// eslint-disable-next-line @typescript-eslint/require-await -- pages come from a database
async function* pages(): AsyncGenerator<object[]> {
  yield [{ id: '1', names: { texts: { en: 'A, B', 'x.y': 'lost' } }, refs: [{ id: 7 }] }];
  yield [{ id: '2', names: { texts: { ko: '=1+1' } }, open: true, gone: null }];
}

it('has a column for each field that an item of any page has, named as an import names it', async () => {
  const columns = await columnsOf(['id', 'status'], pages());
  expect(columns).toEqual(['id', 'status', 'names.texts.en', 'refs.0.id', 'names.texts.ko', 'open']);
  const chunks: Buffer[] = [];
  for await (const chunk of csvFile(columns, pages())) chunks.push(Buffer.from(chunk as Buffer));
  expect(Buffer.concat(chunks).toString()).toBe(
    ['\uFEFFid,status,names.texts.en,refs.0.id,names.texts.ko,open', '1,,"A, B",7,,', "2,,,,'=1+1,true", ''].join(
      '\r\n',
    ),
  );
});
