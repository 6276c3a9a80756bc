import { IsInt, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { type ExternalRef, type PersonName } from '@expo-accord/values';
import { AreExternalRefs, IsPersonName } from '../value-fields';
import { csvLines, readNumber } from './csv-lines';

class GuestBody {
  @IsPersonName()
  name!: PersonName;

  @IsOptional()
  @IsString()
  mail?: string;
}

class VisitBody {
  @IsObject()
  @ValidateNested()
  @Type(() => GuestBody)
  guest!: GuestBody;

  @IsInt()
  days!: number;

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];

  @IsObject()
  answers!: object;
}

const readers = { days: readNumber, 'answers.*.nights': readNumber };

async function read(file: string, size = file.length): Promise<[line: number, body: unknown][]> {
  async function* pieces(): AsyncGenerator<string> {
    for (let at = 0; at < file.length; at += size) yield await Promise.resolve(file.slice(at, at + size));
  }
  const lines: [number, unknown][] = [];
  for await (const { line, text } of csvLines(pieces(), VisitBody, readers)) {
    lines.push([line, JSON.parse(text)]);
  }
  return lines;
}

const problemsOf = async (header: string): Promise<unknown> =>
  read(`${header}\n`).catch((error: unknown) =>
    (error as { errors: { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => [pointer, code]),
  );

describe('a CSV file', () => {
  it('says the same as NDJSON, by names with dots and numbers', async () => {
    const file = 'guest.name.texts.ko,guest.name.order,days,externalRefs.0.system,externalRefs.0.id,answers.diet\n';
    expect(await read(`${file}김민수,familyFirst,3,expo-a,77,"fish, no ""meat"""\nKim,,many,,,\n`)).toEqual([
      [
        2,
        {
          guest: { name: { texts: { ko: '김민수' }, order: 'familyFirst' } },
          days: 3,
          externalRefs: [{ system: 'expo-a', id: '77' }],
          answers: { diet: 'fish, no "meat"' },
        },
      ],
      [3, { guest: { name: { texts: { ko: 'Kim' } } }, days: 'many' }],
    ]);
  });

  it.each([1, 2, 7, 1_000])('has the lines of the file, %i characters at a time', async (size) => {
    const file = 'days,guest.mail\r\n1,"a\r\nb"\r\n2,c\r\n\r\n,\r\n3,"d\ne\r\nf"\r\n4,g';
    expect((await read(file, size)).map(([line, body]) => [line, (body as { days: number }).days])).toEqual([
      [2, 1],
      [4, 2],
      [7, 3],
      [10, 4],
    ]);
  });

  it('with a cell beyond its header has a field there that nobody knows', async () => {
    expect(await read('days\n1,Umbrella, Inc.\n')).toEqual([
      [2, { days: 1, 'column 2': 'Umbrella', 'column 3': ' Inc.' }],
    ]);
  });

  it('reads a column of each item of a list', async () => {
    expect(await read('answers.0.nights,answers.12.nights,answers.nights\n1,2,3\n')).toMatchObject([
      [2, { answers: { 0: { nights: 1 }, 12: { nights: 2 }, nights: '3' } }],
    ]);
  });

  it('is refused when a column names no field', async () => {
    expect(await problemsOf('days,guest.name.texts.ko,guest.male,room,externalRefs.0.colour,__proto__.x')).toEqual([
      ['/guest/male', 'unknown-field'],
      ['/room', 'unknown-field'],
      ['/externalRefs/0/colour', 'unknown-field'],
    ]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('is refused when its columns are repeated, nameless or contradict each other', async () => {
    expect(await problemsOf('days,days,,guest,guest.mail')).toEqual([
      ['/days', 'column-repeated'],
      ['', 'column-unnamed'],
      ['/guest', 'column-contradicted'],
    ]);
    expect(await problemsOf(`days.${'a.'.repeat(10_000)}`)).toMatchObject([[expect.anything(), 'too-deep']]);
    expect(await problemsOf('a,'.repeat(2_000))).toEqual([['', 'too-many-columns']]);
  });

  it.each([
    ['a quote is not closed', 'days\n1\n2\n"3\n4\n', 4],
    ['a quote stands in the middle', 'days,guest.mail\n1,a"b"\n', 2],
    ['something stands behind a quote', 'days,guest.mail\n1,a\n2,"a"b\n', 3],
    ['a record has no end', `days\n1\n"${'x\n'.repeat(200_000)}"`, 3],
  ])('is refused with the line when %s', async (_, file, line) => {
    await expect(read(file)).rejects.toMatchObject({ code: 'csv-malformed', extra: { line } });
  });
});
