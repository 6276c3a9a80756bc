import { IsEconomy } from '@expo-accord/http';
import { type PersonName } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, ValidateNested } from 'class-validator';
import { MasterListQuery, MergeMark } from '../master-data/master.dto';
import { Fact, Post, RecordAnswer, RecordBody } from '../records/record.dto';
import { IsNameOfPerson } from '../records/name-fields';

/** An office-holder. */
export class PersonBody extends RecordBody {
  @IsNameOfPerson()
  name!: PersonName;

  /** The same person's name as other sources write it. */
  @IsNameOfPerson({ optional: true, each: true })
  aliases?: PersonName[];

  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Post)
  posts?: Post[];

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Fact)
  facts?: Fact[];
}

export class PersonAnswer extends IntersectionType(PersonBody, IntersectionType(MergeMark, RecordAnswer)) {}

export class PersonListQuery extends MasterListQuery {
  @IsEconomy({ optional: true })
  economy?: string;
}
