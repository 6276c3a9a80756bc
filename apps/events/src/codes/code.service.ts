import { Transactions } from '@expo-accord/database';
import { type Caller, conflict, notFound } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type CodeAnswer, type CodeBody, type CodeListAnswer } from './code.dto';
import { CodeEntity } from './code.entity';
import { shippedLists } from './shipped-codes';

/** Open lists: what is shipped, and what the tenant added. Bodies may use a code that is in neither. */
@Injectable()
export class CodeService {
  constructor(private readonly transactions: Transactions) {}

  lists(): CodeListAnswer[] {
    return [...shippedLists].map(([list, { names }]) => ({ list, names }));
  }

  async codes({ tenantId }: Caller, list: string): Promise<CodeAnswer[]> {
    const shipped = shippedCodes(list);
    const where = { tenantId, list };
    const added = await this.transactions.manager.find(CodeEntity, { where, order: { code: 'ASC' } });
    return [...shipped, ...added.map(({ code, names }): CodeAnswer => ({ list, code, names, origin: 'tenant' }))];
  }

  async add({ tenantId }: Caller, list: string, { code, names }: CodeBody): Promise<CodeAnswer> {
    const shipped = shippedCodes(list).some((known) => known.code === code);
    const added = shipped
      ? []
      : await this.transactions.run((manager) =>
          manager.query<unknown[]>(
            `INSERT INTO code (tenant_id, list, code, names) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1`,
            [tenantId, list, code, JSON.stringify(names)],
          ),
        );
    if (added.length === 0) throw conflict('code-exists', `The list ${list} has this code already.`, { code });
    return { list, code, names, origin: 'tenant' };
  }
}

function shippedCodes(list: string): CodeAnswer[] {
  const shipped = shippedLists.get(list);
  if (shipped === undefined) throw notFound('code list', list);
  return shipped.codes.map(({ code, names }): CodeAnswer => ({ list, code, names, origin: 'shipped' }));
}
