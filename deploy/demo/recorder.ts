import { type ApiClient, type Json } from './api-client';

interface RecordedFact {
  resource: string;
  ref: string;
  id: string;
  entered: Json;
}

/**
 * Enters facts through the public API, each under a reference of its own: what is there already is found by that
 * reference and left alone, so that a replay can be sent again.
 */
export class Recorder {
  readonly facts: RecordedFact[] = [];

  constructor(
    private readonly api: ApiClient,
    private readonly system: string,
  ) {}

  /** Creates the item unless its reference is known; `path` is where it is posted, `resource` where it is listed. */
  async record(resource: string, ref: string, entered: Json, path = `/v1/${resource}`): Promise<string> {
    const known = await this.api.findByRef(resource, this.system, ref);
    const body = { externalRefs: [{ system: this.system, id: ref }], ...entered };
    const item = known ?? (await this.api.post(path, body));
    const id = String(item.id);
    this.facts.push({ resource, ref, id, entered });
    return id;
  }
}

/**
 * What of `entered` does not come back in `answered`: one line for each difference, with the path to it. The answer
 * may say more (ids, versions, links) but nothing else.
 */
export function differences(entered: unknown, answered: unknown, path = ''): string[] {
  if (Array.isArray(entered)) {
    if (!Array.isArray(answered) || answered.length !== entered.length) {
      return [`${path}: ${entered.length} items were entered, the answer has ${JSON.stringify(answered)}`];
    }
    return entered.flatMap((item, index) => differences(item, answered[index], `${path}/${index}`));
  }
  if (typeof entered === 'object' && entered !== null) {
    if (typeof answered !== 'object' || answered === null) {
      return [`${path}: an object was entered, the answer has ${JSON.stringify(answered)}`];
    }
    return Object.entries(entered).flatMap(([key, value]) =>
      differences(value, (answered as Json)[key], `${path}/${key}`),
    );
  }
  return Object.is(entered, answered)
    ? []
    : [`${path}: ${JSON.stringify(entered)} was entered, the answer has ${JSON.stringify(answered)}`];
}
