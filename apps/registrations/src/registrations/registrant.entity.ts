import { type PersonName } from '@expo-accord/values';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { type IdentityDocument } from './registration';
import { RegistrationRow } from './registration.entity';

/** The person behind a registration, in a row of its own: all personal data of this service that lasts is here. */
@Entity('registrant')
export class Registrant {
  @PrimaryColumn('uuid')
  @ForeignKey(() => RegistrationRow, { onDelete: 'CASCADE' })
  registrationId!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('jsonb')
  name!: PersonName;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  phone!: string | null;

  @Column('jsonb', { nullable: true })
  document!: IdentityDocument | null;

  @Column('text', { nullable: true })
  organizationName!: string | null;

  @Column('jsonb')
  answers!: Record<string, unknown>;
}
