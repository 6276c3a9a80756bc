import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of what an event asks of those who sign up. Versions are only added: answers point at them. */
@Entity('registration_form')
export class RegistrationForm {
  @PrimaryColumn('uuid')
  eventId!: string;

  /** Counted over all forms of the event, whatever their category. */
  @PrimaryColumn('integer')
  version!: number;

  @Column('uuid')
  tenantId!: string;

  /** Null for the form of all categories that have none of their own. */
  @Column('text', { nullable: true })
  category!: string | null;

  /** JSON Schema; not as jsonb, because questions have an order. */
  @Column('json')
  schema!: Record<string, unknown>;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
