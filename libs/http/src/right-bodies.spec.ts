import { plainToInstance, Type } from 'class-transformer';
import {
  Allow,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { listsForObjects } from './lists-for-objects';
import { isSurelyRight } from './right-bodies';

class Contact {
  @IsOptional()
  @IsEmail()
  mail?: string | null;
}

class Base {
  @IsString()
  @Length(1, 5)
  code!: string;
}

class Body extends Base {
  @IsOptional()
  @ValidateNested()
  @Type(() => Contact)
  contact?: Contact | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Contact)
  others?: Contact[];

  @ValidateIf((body: Body) => body.code === 'n')
  @IsInt()
  number?: number;

  @IsOptional()
  @IsIn(['a', 'b'], { each: true })
  letters?: string[];

  @Allow()
  anything?: unknown;
}

class Slow {
  @ValidateBy({ name: 'isSlow', validator: { validate: () => Promise.resolve(true) } })
  code!: string;
}

class Saying {
  code = 1;
}

const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

const bodies: [what: string, plain: Record<string, unknown>, isRight: boolean][] = [
  ['all that has to be there', { code: 'x' }, true],
  ['all that may be there', { code: 'x', contact: { mail: 'a@example.org' }, others: [{}, {}], anything: [1] }, true],
  ['nothing', {}, false],
  ['a field that is too long, of the class above', { code: 'too long' }, false],
  ['a field that nobody knows', { code: 'x', unknown: 1 }, false],
  ['null where it may be', { code: 'x', contact: null }, true],
  ['something else in the place of an object', { code: 'x', contact: 'a@example.org' }, false],
  ['a list in the place of an object', { code: 'x', contact: [] }, false],
  ['an object in the place of a list', { code: 'x', others: {} }, false],
  ['a list in a list', { code: 'x', others: [[]] }, false],
  ['something else in a list', { code: 'x', others: ['x'] }, false],
  ['a wrong field further down', { code: 'x', contact: { mail: 'nobody' } }, false],
  ['an unknown field further down', { code: 'x', contact: { male: 'a@example.org' } }, false],
  ['a wrong field in a list', { code: 'x', others: [{}, { mail: 'nobody' }] }, false],
  ['what a condition asks for', { code: 'n', number: 1 }, true],
  ['not what a condition asks for', { code: 'n' }, false],
  ['something that no condition asks for', { code: 'x', number: 'one' }, true],
  ['each of a list as it may be', { code: 'x', letters: ['a', 'b'] }, true],
  ['one of a list as it may not be', { code: 'x', letters: ['a', 'c'] }, false],
];

describe('a body', () => {
  it.each(bodies)('with %s is judged as class-validator does', (_, plain, isRight) => {
    const body = plainToInstance(Body, plain);
    const errors = [...validateSync(body, rules), ...listsForObjects(body)];
    expect([errors.length === 0, isSurelyRight(body)]).toEqual([isRight, isRight]);
  });

  it('is left to class-validator where that is not sure', () => {
    expect(isSurelyRight(plainToInstance(Slow, { code: 'x' }))).toBe(false);
    expect(isSurelyRight(plainToInstance(Saying, { code: 1 }))).toBe(false);
    expect(isSurelyRight({ code: 'x' })).toBe(false);
    expect(isSurelyRight(Object.assign(Object.create(null) as object, { code: 'x' }))).toBe(false);
  });
});
