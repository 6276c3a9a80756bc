import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsDefined,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsCode, IsLocalizedText, IsPartialDate, IsSpeaker } from '@expo-accord/http';
import { type LocalizedText, type PartialDate, type Speaker } from '@expo-accord/values';
import { PartyList } from '../parties/party.dto';
import { Marked, PartialList } from './marks.dto';

/** One thing that the parties, or one of them, said in a document, word for word or as reported. */
export class Statement extends Marked {
  @IsLocalizedText()
  text!: LocalizedText;

  @IsCode({ description: 'Open list: agreed, willing, will, should, believe, aim, support, hope' })
  modality!: string;

  /** Who says it; absent means all parties of the document. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PartyList)
  by?: PartyList | null;

  @IsSpeaker({ optional: true, nullable: true })
  speaker?: Speaker | null;

  @IsOptional()
  @IsBoolean()
  verbatim?: boolean;

  /** "what the leaders had agreed" */
  @IsLocalizedText({ optional: true, nullable: true })
  basis?: LocalizedText | null;

  /** "in the age of China-South Korea FTA" */
  @IsLocalizedText({ optional: true, nullable: true })
  context?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  condition?: LocalizedText | null;

  @IsPartialDate({ optional: true, nullable: true })
  due?: PartialDate | null;

  /** Codes of the initiatives, tracks and promoted agreements of the same document that it speaks of. */
  @ArrayMaxSize(50)
  @IsCode({ each: true, optional: true, description: 'Open list: those given in the same document' })
  mentions?: string[];
}

export class StatementList extends PartialList {
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => Statement)
  items!: Statement[];
}

/** A heading of an outcome document with what was said under it. */
export class Area extends Marked {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  ordinal?: number | null;

  @IsLocalizedText()
  title!: LocalizedText;

  @IsDefined()
  @ValidateNested()
  @Type(() => StatementList)
  statements!: StatementList;
}

export class AreaList extends PartialList {
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => Area)
  items!: Area[];
}
