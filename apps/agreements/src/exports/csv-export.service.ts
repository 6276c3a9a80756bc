import { type Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { type Caller, columnsOf, csvFile, type Page, type PageQuery } from '@expo-accord/http';
import { MergedOrganizations } from '@expo-accord/organizations';

const AT_ONCE = 500;

export const CSV = 'text/csv';

/** What a list holds, as a file that is made while it is read. */
@Injectable()
export class CsvExports {
  constructor(private readonly merged: MergedOrganizations) {}

  /**
   * All pages of the list from the asked one on. It is read twice, first for the columns: a field that nobody has used
   * when it begins has none.
   * @param first the columns that are there also when nothing is listed
   */
  async file<F extends PageQuery>(
    { caller, filter, name, first }: { caller: Caller; filter: F; name: string; first: readonly string[] },
    list: (caller: Caller, filter: F) => Promise<Page<object>>,
  ): Promise<StreamableFile> {
    const { merged } = this;
    const pages = async function* (): AsyncGenerator<object[]> {
      let cursor = filter.cursor;
      do {
        const asked = Object.assign({}, filter, { limit: AT_ONCE }, cursor !== undefined && { cursor });
        const { items, nextCursor } = await list(caller, asked);
        yield await merged.asTheyStand(caller.tenantId, items);
        cursor = nextCursor ?? undefined;
      } while (cursor !== undefined);
    };
    const file: Readable = csvFile(await columnsOf(first, pages()), pages());
    const disposition = `attachment; filename="${name}.csv"`;
    return new StreamableFile(file, { type: `${CSV}; charset=utf-8; header=present`, disposition });
  }
}
