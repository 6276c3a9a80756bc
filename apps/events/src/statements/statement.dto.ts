import { IsCode, IsLanguageTag, IsLocalizedText, IsSpeaker } from '@expo-accord/http';
import { type LocalizedText, type Speaker } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { RecordAnswer, RecordBody } from '../records/record.dto';
import { RecordListQuery } from '../records/record-query.dto';

export class StatementBody extends RecordBody {
  /** The office-holder who spoke, where there is a record. */
  @IsOptional()
  @IsUUID()
  personId?: string | null;

  /** As the source names the speaker; `recalls` holds whose words the speaker gave. */
  @IsSpeaker()
  speaker!: Speaker;

  @IsOptional()
  @IsUUID()
  sessionId?: string | null;

  @IsIn(['verbatim', 'indirect'])
  form!: 'verbatim' | 'indirect';

  /** The language it was said in; null when the source does not tell. */
  @IsLanguageTag({ optional: true, nullable: true })
  spokenLanguage?: string | null;

  /** Whether `text` is a translation of what was said; null when unknown. */
  @IsOptional()
  @IsBoolean()
  translated?: boolean | null;

  @IsLocalizedText()
  text!: LocalizedText;

  /** Code list statement-modalities: agreed, willing, should, believe, aim, remarked... */
  @IsCode({ optional: true, nullable: true })
  modality?: string | null;

  /** Its place among the statements of the event. */
  @IsOptional()
  @IsInt()
  @Min(1)
  position?: number | null;
}

class OfEvent {
  eventId!: string;
}

export class StatementAnswer extends IntersectionType(StatementBody, IntersectionType(OfEvent, RecordAnswer)) {}

export class StatementListQuery extends RecordListQuery {
  @IsOptional()
  @IsUUID()
  personId?: string;

  @IsOptional()
  @IsIn(['verbatim', 'indirect'])
  form?: 'verbatim' | 'indirect';
}
