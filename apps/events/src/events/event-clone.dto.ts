import { IntersectionType, PartialType, PickType } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn, IsOptional } from 'class-validator';
import { EventBody } from './event.dto';
import { type ClonePart, cloneParts } from './event-clone.rules';

class OfTheClone extends PickType(EventBody, [
  'ordinal',
  'label',
  'startsAt',
  'endsAt',
  'date',
  'registrationWindow',
  'externalRefs',
]) {}

/** What the clone has of its own. The programme is moved by the days from the model's `startsAt` to this one. */
export class EventCloneBody extends IntersectionType(PartialType(PickType(EventBody, ['names'])), OfTheClone) {
  /** Which parts of the model are taken; all, unless said otherwise. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(cloneParts, { each: true })
  parts?: ClonePart[];
}
