import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A duplicate, and what stands for it, as the events service said. It may be a duplicate itself by now. */
@Entity('merged_organization')
export class MergedOrganization {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  survivorId!: string;
}
