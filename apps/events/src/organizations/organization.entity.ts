import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { MasterEntity } from '../master-data/master.entity';

@Entity('organization')
@Index(['mergedIntoId'])
export class OrganizationEntity extends MasterEntity {
  @Column('text', { nullable: true })
  level!: string | null;

  @Column('text', { nullable: true })
  economy!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => OrganizationEntity)
  parentId!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => OrganizationEntity)
  mergedIntoId!: string | null;
}
