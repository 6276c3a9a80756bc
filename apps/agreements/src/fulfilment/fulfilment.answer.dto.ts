import { ApiProperty } from '@nestjs/swagger';
import { IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';

/** `FulfilmentView`, for the API document. */
export class FulfilmentAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @IsLocalizedText()
  names!: LocalizedText;

  @ApiProperty({ description: 'Of the event; it is judged by once it is closed' })
  status!: string;

  @ApiProperty({ description: 'Simulated: proves nothing of what is reported' })
  synthetic!: boolean;

  @ApiProperty({ format: 'uri', description: 'Of the event' })
  url!: string;
}

export class FulfilmentList {
  @ApiProperty({ type: [FulfilmentAnswer] })
  items!: FulfilmentAnswer[];
}
