import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who uses the product: an organiser or a group of them. Nothing of one tenant is seen by another. */
@Entity('tenant')
export class Tenant {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Anybody may read its register of what is public, without a key. */
  @Column('boolean', { default: false })
  publicRegister!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
