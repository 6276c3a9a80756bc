import { Column, Entity, ForeignKey } from 'typeorm';
import { RecordEntity } from '../records/record.entity';

@Entity('organization')
export class OrganizationEntity extends RecordEntity {
  @Column('text', { nullable: true })
  level!: string | null;

  @Column('text', { nullable: true })
  economy!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => OrganizationEntity)
  parentId!: string | null;
}
