import { commitmentCorrected, commitmentUndertaken } from '@expo-accord/contracts';
import { eventually } from '../../../test/support/eventually';
import { until } from '../../../test/support/until';
import { type AgreementsService, type Answer, type Tenant } from './agreements-service';

export interface CommitmentStage {
  service: AgreementsService;
  tenant: Tenant;
}

const en = (text: string): object => ({ original: 'en', texts: { en: text } });

async function pledge(tenant: Tenant): Promise<string> {
  const parties = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'KR' }] };
  const { body } = await tenant.post('agreements', { type: 'unilateralPledge', titles: en('Pledge'), parties });
  return body['id'] as string;
}

async function committed(tenant: Tenant, agreementId: string): Promise<string> {
  const { body } = await tenant.post('commitments', {
    text: en('Hold the second meeting in China in 2016'),
    modality: 'will',
    responsible: { completeness: 'exhaustive', items: [{ economy: 'CN' }] },
    due: { edtf: '2016', asReported: 'in 2016' },
    agreementId,
  });
  return body['id'] as string;
}

async function toldTogether({ service, tenant }: CommitmentStage): Promise<void> {
  const agreementId = await pledge(tenant);
  const id = await committed(tenant, agreementId);
  await tenant.post(`agreements/${agreementId}/agree`);
  const undertaken = await eventually(() => service.wire.of(commitmentUndertaken, id)[0]);
  expect(undertaken.data).toMatchObject({ agreementId, due: { edtf: '2016', asReported: 'in 2016' } });
}

/** Corrections of all but the first, begun while the step that discloses them waits for the first. */
async function correctedMeanwhile({ service, tenant }: CommitmentStage): Promise<void> {
  const agreementId = await pledge(tenant);
  const [first, ...others] = [
    await committed(tenant, agreementId),
    await committed(tenant, agreementId),
    await committed(tenant, agreementId),
  ];
  const release = await service.database.hold('SELECT FROM commitment WHERE id = $1 FOR UPDATE', [first]);
  const agreed = tenant.post(`agreements/${agreementId}/agree`);
  await until(service.database.waiting, ({ length }) => length === 1);
  const corrected = others.map((id): Promise<Answer> =>
    tenant.call('PATCH', `commitments/${id}`, { body: { modality: 'should' }, headers: { 'if-match': '"1"' } }),
  );
  await until(service.database.waiting, ({ length }) => length === 1 + others.length);
  await release();
  const answers = await Promise.all([agreed, ...corrected]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  for (const id of others) {
    await eventually(() => service.wire.of(commitmentCorrected, id)[0]);
    expect(service.wire.of(commitmentUndertaken, id)).toMatchObject([{ sequence: 1, data: { modality: 'will' } }]);
  }
}

export function describeWhatIsCommittedTo(stage: () => CommitmentStage): void {
  it('tells of commitments together with their agreement', async () => toldTogether(stage()));
  it('corrects commitments while their agreement is agreed, and neither ends the other', async () =>
    correctedMeanwhile(stage()));
}
