import { type ChainsVerified, verifyChains } from '@expo-accord/audit';
import { type Command } from 'commander';
import { withDatabase } from '../database';
import { counted, type Report, table, type Tell } from '../report';

/** Of each resource with a trail, the table whose rows cannot be without one. */
const audited = {
  agreements: 'agreement',
  projects: 'project',
  'outcome-documents': 'outcome_document',
  commitments: 'commitment',
};

export function addAuditCommands(program: Command, tell: Tell): void {
  const audit = program.command('audit').description('the audit trail of the agreements service');
  audit
    .command('verify')
    .description('whether every entry is what it was and none is missing; names the first bad one of each chain')
    .action(async () => {
      tell(reportOf(await withDatabase((dataSource) => verifyChains(dataSource, audited))));
    });
}

function reportOf(verified: ChainsVerified): Report {
  const { chains, entries, erased, faults } = verified;
  const rows = faults.map(({ tenantId, resource, resourceId, fault }) => {
    const { kind, sequence, entryId, detail } = fault;
    return [kind, `/${resource}/${resourceId}`, tenantId, sequence, entryId, detail];
  });
  const summary = `${counted(chains, 'chain')}, ${counted(entries, 'link')}, ${erased} of them erased; ${counted(faults.length, 'finding')}.`;
  return {
    text: [
      ...(rows.length === 0 ? [] : [table(['what', 'resource', 'tenant', 'number', 'entry', 'detail'], rows)]),
      summary,
    ].join('\n'),
    json: verified,
    hasFindings: faults.length > 0,
  };
}
