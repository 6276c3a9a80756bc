import { ApiProperty } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, Max, Min } from 'class-validator';

const mostDays = 3_650;

/** Days before something is due at which it is told: up to ten times, each once. */
export const AreLeadDays = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: mostDays },
      maxItems: 10,
      uniqueItems: true,
      description: 'Days before it is due at which that is told; none where empty',
      example: [90, 30, 7],
    }),
    IsArray(),
    ArrayMaxSize(10),
    ArrayUnique(),
    IsInt({ each: true }),
    Min(1, { each: true }),
    Max(mostDays, { each: true }),
  );

export class LeadTimes {
  @AreLeadDays()
  leadDays!: number[];
}

export class LeadTimesAnswer extends LeadTimes {
  @ApiProperty({ type: 'integer', description: 'Counts changes, from 0; the ETag' })
  version!: number;
}
