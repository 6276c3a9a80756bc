import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { PageQuery } from '@expo-accord/http';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { type DeliveryChannel, type DeliveryStatus } from './delivery.entity';

const statuses: DeliveryStatus[] = ['waiting', 'pending', 'delivered', 'failed', 'dropped'];
const yesOrNo = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

/** The filters that an endpoint's own log has, too. Deliveries are nobody's resource, so no codes of callers lead to them. */
export class EndpointDeliveryQuery extends OmitType(PageQuery, ['ref'] as const) {
  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: DeliveryStatus;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'Id of the message that caused it' })
  @IsOptional()
  @IsUUID()
  causeId?: string;

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Answer `total`, too: how many there are in all' })
  @IsOptional()
  @IsIn([true, false])
  @Transform(yesOrNo)
  count: boolean = false;
}

export class DeliveryQuery extends EndpointDeliveryQuery {
  @ApiPropertyOptional({ enum: ['mail', 'webhook'] })
  @IsOptional()
  @IsIn(['mail', 'webhook'])
  channel?: DeliveryChannel;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID()
  endpointId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID()
  registrationId?: string;
}

export class RedeliverQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Check and answer, but change nothing.' })
  @IsOptional()
  @IsIn([true, false])
  @Transform(yesOrNo)
  dryRun: boolean = false;
}

export class DeliveryAttemptAnswer {
  @ApiProperty({ type: 'integer' })
  number!: number;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: 'integer' })
  durationMs!: number;

  @ApiProperty()
  succeeded!: boolean;

  @ApiProperty({ description: 'What came of it: ok, timeout, http-error, rejected...', example: 'ok' })
  code!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'HTTP status or SMTP reply', example: 200 })
  replyCode!: number | null;
}

export class DeliveryAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['mail', 'webhook'] })
  channel!: DeliveryChannel;

  @ApiProperty({
    enum: statuses,
    description: 'waiting: for the contact or event of a mail. dropped: recipient erased or endpoint deleted.',
  })
  status!: DeliveryStatus;

  @ApiProperty({ format: 'uuid', description: 'Id of the message that caused it' })
  causeId!: string;

  @ApiProperty({ example: 'expo-accord.agreement.signed.v1' })
  causeType!: string;

  @ApiProperty({ example: '/agreements/0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a90' })
  source!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  endpointId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  registrationId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'registration-confirmed' })
  templateId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  templateVersion!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'ko' })
  language!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'm***@e***.org',
    description: 'In full only for keys that may read registrations',
  })
  recipient!: string | null;

  @ApiProperty({ description: 'Part of a simulation' })
  synthetic!: boolean;

  @ApiProperty({ type: 'integer' })
  attemptCount!: number;

  @ApiProperty({ type: [DeliveryAttemptAnswer] })
  attempts!: DeliveryAttemptAnswer[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deliveredAt!: string | null;

  @ApiProperty({ type: [String], example: ['redeliver'] })
  actions!: string[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class DeliveryPage {
  @ApiProperty({ type: [DeliveryAnswer] })
  items!: DeliveryAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiPropertyOptional({ type: 'integer', description: 'Only with count=true' })
  total?: number;
}
