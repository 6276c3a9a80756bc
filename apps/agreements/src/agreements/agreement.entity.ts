import { Column, Entity, Index } from 'typeorm';
import { Recorded } from '../recorded/recorded.entity';
import { type AgreementFacts } from './agreement.dto';
import { type AgreementStatus } from './agreement.rules';

/** The facts as entered, but for those that are columns. */
export type AgreementContent = Omit<AgreementFacts, 'eventId' | 'externalRefs' | 'synthetic'>;

@Entity()
@Index(['tenantId', 'id'])
@Index(['tenantId', 'eventId'])
@Index(['entersOn'], { where: 'enters_on IS NOT NULL' })
@Index('agreement_external_refs_idx', { synchronize: false })
export class Agreement extends Recorded {
  @Column('text')
  status!: AgreementStatus;

  /** Outsiders know of it, also when it was given up later; until it is kept back by its visibility. */
  @Column('boolean')
  disclosed!: boolean;

  /** The day ahead on which it enters into force by its rule, as YYYY-MM-DD. */
  @Column('date', { nullable: true })
  entersOn!: string | null;

  @Column('jsonb')
  content!: AgreementContent;
}
