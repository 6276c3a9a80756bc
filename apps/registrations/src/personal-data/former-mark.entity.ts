import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { RegistrationRow } from '../registrations/registration.entity';

/** Keyed hash of what told the person of a registration from others before it was corrected; a mark of erasure one day. */
@Entity('former_mark')
export class FormerMark {
  @PrimaryColumn('uuid')
  @ForeignKey(() => RegistrationRow, { onDelete: 'CASCADE' })
  registrationId!: string;

  @PrimaryColumn('text')
  mark!: string;
}
