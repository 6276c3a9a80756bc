import { Entity, Index, PrimaryColumn } from 'typeorm';

/** That one agreement takes the place of another, whole or in part, as the links of one of them say. */
@Entity('agreement_supersession')
@Index(['tenantId', 'supersededId'])
@Index(['tenantId', 'supersedingId'])
export class Supersession {
  @PrimaryColumn('uuid')
  tenantId!: string;

  /** Whose links say so. */
  @PrimaryColumn('uuid')
  declaredById!: string;

  @PrimaryColumn('uuid')
  supersededId!: string;

  @PrimaryColumn('uuid')
  supersedingId!: string;
}
