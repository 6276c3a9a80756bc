import { PageQuery } from '@expo-accord/http';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';

export class RecordListQuery extends PageQuery {
  /** Part of a name or alias, in any language and script. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;
}

export class ActionQuery {
  /** Answers what would come of it, and changes nothing. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun?: boolean;
}
