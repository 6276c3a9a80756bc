import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type FieldProblem, IsPersonName } from '@expo-accord/http';
import { type PersonName } from '@expo-accord/values';
import { Type } from 'class-transformer';
import { IsEmail, IsOptional, ValidateNested } from 'class-validator';
import { CheckInAnswer } from '../check-ins/check-in.dto';
import { RegistrationAnswer } from '../registrations/registration.answer';
import { DocumentBody } from '../registrations/registration.dto';
import { type Sought } from './registrants';

/** Who is meant. In a body, because a path or a query would stand in logs. */
export class RegistrantBody {
  @ApiPropertyOptional({ type: () => DocumentBody, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => DocumentBody)
  document?: DocumentBody | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Together with the name',
    example: 'a@example.org',
  })
  @IsOptional()
  @IsEmail()
  email?: string | null;

  @IsPersonName({ optional: true, nullable: true, description: 'As it was registered' })
  name?: PersonName | null;
}

export class TicketNumbers {
  @ApiProperty({ type: 'integer', nullable: true, description: 'The number of the ticket that lets in now' })
  current!: number | null;

  @ApiProperty({ type: [String], description: 'When each earlier ticket ended' })
  endedAt!: string[];
}

export class PersonalData {
  @ApiProperty({ type: () => RegistrationAnswer })
  registration!: RegistrationAnswer;

  @ApiProperty({ type: () => [CheckInAnswer] })
  checkIns!: CheckInAnswer[];

  @ApiProperty({ type: () => TicketNumbers })
  tickets!: TicketNumbers;

  @ApiProperty({ type: [String], description: 'Where the rest is: the mails, with the address they went to' })
  elsewhere!: string[];
}

export class PersonalDataList {
  @ApiProperty({ type: () => [PersonalData] })
  items!: PersonalData[];
}

export class ErasedList {
  @ApiProperty({ type: () => [RegistrationAnswer], description: 'As they are now: of nobody' })
  items!: RegistrationAnswer[];
}

/** What the fields mean together, beyond what each may be. */
export function problemsTogether({ document, email, name }: RegistrantBody): FieldProblem[] {
  if (!document && !email) {
    return [{ pointer: '', code: 'person-unclear', detail: 'A person is named by document, or by email and name' }];
  }
  if (Boolean(email) === Boolean(name)) return [];
  const pointer = email ? '/name' : '/email';
  return [{ pointer, code: 'required', detail: 'email and name tell who is meant only together' }];
}

export function soughtOf({ document, email, name }: RegistrantBody): Sought {
  const { kind = '', number = '', economy } = document ?? {};
  return {
    document: document ? { kind, number, ...(economy && { economy }) } : null,
    email: email ?? null,
    name: name ?? { texts: {}, order: 'familyFirst' },
  };
}
