import { Column, Entity, Index } from 'typeorm';
import { Recorded } from '../recorded/recorded.entity';
import { type AgreementFacts } from './agreement.dto';
import { type AgreementStatus } from './agreement.rules';

/** The facts as entered, but for those that are columns. */
export type AgreementContent = Omit<AgreementFacts, 'eventId' | 'externalRefs' | 'synthetic'>;

@Entity()
@Index(['tenantId', 'id'])
@Index(['tenantId', 'eventId'])
@Index('agreement_external_refs_idx', { synchronize: false })
export class Agreement extends Recorded {
  @Column('text')
  status!: AgreementStatus;

  /** Outsiders know of it, also when it was given up later; until it is kept back by its visibility. */
  @Column('boolean')
  disclosed!: boolean;

  @Column('jsonb')
  content!: AgreementContent;
}
