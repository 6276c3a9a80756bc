import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RegistrationRow } from './registration.entity';

/** Makes a source system's id unique within a tenant, and finds the registration by it. */
@Entity('registration_ref')
@Index(['registrationId'])
export class RegistrationRef {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('text')
  system!: string;

  @PrimaryColumn('text')
  externalId!: string;

  @Column('uuid')
  @ForeignKey(() => RegistrationRow, { onDelete: 'CASCADE' })
  registrationId!: string;
}
