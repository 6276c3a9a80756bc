import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { IsLanguageTag, IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';
import { type DocumentType, documentTypes } from './media-types';

/** What is said of a document before its content is sent. */
export class CreateDocument {
  @IsLocalizedText()
  name!: LocalizedText;

  /** The language that the text is in. */
  @IsLanguageTag({ optional: true, nullable: true })
  language?: string | null;

  /** Whether the text in this language is an authentic one; it needs the language. */
  @IsOptional()
  @IsBoolean()
  authentic?: boolean | null;

  @IsIn(documentTypes)
  mediaType!: DocumentType;

  /** Of the whole content, in lower-case hex. */
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  /** The document of the same resource whose place it takes; that one stays. */
  @IsOptional()
  @IsUUID()
  replacesId?: string | null;
}

/** `DocumentView`, for the API document. */
export class DocumentAnswer extends CreateDocument {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'It belongs to one of these three' })
  agreementId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  outcomeDocumentId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  assessmentId!: string | null;

  @ApiProperty({ enum: ['pending', 'stored'], description: 'pending until its content has come' })
  status!: 'pending' | 'stored';

  @ApiProperty({ type: 'integer', nullable: true, description: 'Bytes; null while it is pending' })
  size!: number | null;

  @ApiProperty({ format: 'uri' })
  url!: string;

  @ApiProperty({ format: 'uri', description: 'PUT the content here, and GET it from here' })
  contentUrl!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class DocumentList {
  @ApiProperty({ type: [DocumentAnswer] })
  items!: DocumentAnswer[];
}
