import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How many registrations of an event stand in a status, counted from messages. */
@Entity('counted_registrations')
export class CountedRegistrationsEntity {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('uuid')
  eventId!: string;

  @PrimaryColumn('text')
  status!: string;

  @Column('bigint')
  count!: string;
}

/** What counts of a project, as its last message told it. */
@Entity('counted_project')
@Index(['eventId'])
export class CountedProjectEntity {
  @PrimaryColumn('uuid')
  projectId!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid', { nullable: true })
  eventId!: string | null;

  @Column('text')
  status!: string;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('text', { nullable: true })
  qualifier!: string | null;

  @Column('numeric', { nullable: true })
  value!: string | null;

  @Column('numeric', { nullable: true })
  lower!: string | null;

  @Column('numeric', { nullable: true })
  upper!: string | null;

  @Column('boolean', { nullable: true })
  inclusive!: boolean | null;
}

/** What counts of an agreement, as its last message told it. */
@Entity('counted_agreement')
@Index(['eventId'])
export class CountedAgreementEntity {
  @PrimaryColumn('uuid')
  agreementId!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid', { nullable: true })
  eventId!: string | null;

  @Column('text')
  status!: string;
}
