import { Type } from 'class-transformer';
import { IsInt, IsOptional, ValidateNested } from 'class-validator';
import { type LocalizedText, type PartialDate } from '@expo-accord/values';
import { Problem } from './problem';
import { checkBody, validated } from './validation';
import { AreEconomies, IsLocalizedText, IsPartialDate } from './value-fields';

class Place {
  @IsInt()
  seats!: number;
}

class Meeting {
  @IsLocalizedText()
  names!: LocalizedText;

  @IsPartialDate({ optional: true, nullable: true })
  heldOn?: PartialDate | null;

  @AreEconomies({ optional: true })
  economies?: string[];

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Place)
  places?: Place[];

  @IsOptional()
  @ValidateNested()
  @Type(() => Place)
  hall?: Place;
}

const names = { original: 'en', texts: { en: 'Forum' } };

describe('checking a body', () => {
  it('gives an instance of the class when all is well', () => {
    const { value } = checkBody(Meeting, { names, heldOn: null, economies: ['KR', 'CN'], places: [{ seats: 3 }] });
    expect(value).toBeInstanceOf(Meeting);
    expect(value).toMatchObject({ names, heldOn: null });
  });

  it.each([
    ['a missing field', {}, [{ pointer: '/names', code: 'required' }]],
    ['an unknown field', { names, extra: 1 }, [{ pointer: '/extra', code: 'unknown-field' }]],
    [
      'an unknown field in a nested object',
      { names, places: [{ seats: 1, 'a/b': 2 }] },
      [{ pointer: '/places/0/a~1b' }],
    ],
    [
      'a wrong value in a nested list',
      { names, places: [{ seats: 1 }, { seats: 'x' }] },
      [{ pointer: '/places/1/seats', code: 'is-int' }],
    ],
    ['a wrong part of a value', { names: { original: 'en', texts: { en: 5 } } }, [{ pointer: '/names/texts/en' }]],
    ['one wrong value of a list', { names, economies: ['KR', 'xx'] }, [{ pointer: '/economies/1' }]],
    ['a value where a list belongs', { names, economies: 'KR' }, [{ pointer: '/economies', code: 'is-array' }]],
    ['a list where an object belongs', { names, hall: [] }, [{ pointer: '/hall', code: 'is-object' }]],
    ['a list within a list of objects', { names, places: [[]] }, [{ pointer: '/places/0', code: 'is-object' }]],
    ['null where it means nothing', { names: null }, [{ pointer: '/names' }]],
    ['no object at all', 'text', [{ pointer: '', code: 'is-object' }]],
  ])('points at %s', (_, plain, expected) => {
    expect(checkBody(Meeting, plain).errors).toMatchObject(expected);
  });

  it('throws the problems where nobody wants to collect them', () => {
    expect(() => validated(Meeting, {})).toThrow(Problem);
  });
});
