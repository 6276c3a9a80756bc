import { Column, Entity, Index } from 'typeorm';
import { Recorded } from '../recorded/recorded.entity';
import { type ProjectFacts } from './project.dto';
import { type ProjectStatus } from './project.rules';

/** The facts as entered, but for those that are columns. */
export type ProjectContent = Omit<ProjectFacts, 'eventId' | 'externalRefs' | 'synthetic'>;

@Entity()
@Index(['tenantId', 'id'])
@Index(['tenantId', 'eventId'])
@Index('project_external_refs_idx', { synchronize: false })
export class Project extends Recorded {
  @Column('text')
  status!: ProjectStatus;

  @Column('text', { nullable: true })
  stalledFrom!: ProjectStatus | null;

  @Column('jsonb')
  content!: ProjectContent;
}
