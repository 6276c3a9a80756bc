import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A single row: when the contact topic was last kept moving. */
@Entity('contact_heartbeat')
@Check('contact_heartbeat_single_row', 'single')
export class ContactHeartbeatRow {
  @PrimaryColumn('boolean', { default: true })
  single!: boolean;

  @Column('timestamptz')
  beatenAt!: Date;
}
