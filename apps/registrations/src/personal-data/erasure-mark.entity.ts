import { Entity, PrimaryColumn } from 'typeorm';

/** Keyed hash of what told an erased person, or a reference to them, from others: whoever is sent again is known by it. */
@Entity('erasure_mark')
export class ErasureMark {
  @PrimaryColumn('uuid')
  eventId!: string;

  @PrimaryColumn('text')
  mark!: string;
}
