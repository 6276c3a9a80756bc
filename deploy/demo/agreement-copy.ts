/** A record of `agreements.agreement` or `agreements.agreement.state`: headers as text, no value for a tombstone. */
export interface AgreementRecord {
  headers: Readonly<Record<string, string>>;
  value: string | null;
}

/** How an agreement stands; keep more of what the messages carry as you need it. */
export interface Standing {
  version: number;
  status: string;
  titles: unknown;
}

/** A copy of all public agreements and of the steps that each has taken, whatever comes twice or late. */
export class AgreementCopy {
  /** By tenant and agreement. */
  readonly agreements = new Map<string, Standing>();
  readonly steps = new Map<string, string[]>();
  private readonly places = new Map<string, string>();
  private readonly versions = new Map<string, string>();

  /** Takes one record; with a database, all of it in one transaction. */
  take({ headers, value }: AgreementRecord): void {
    const { ce_type: type = '', ce_source: source = '', ce_partitionkey: key = '', ce_epoch: epoch = '' } = headers;
    const place = `${epoch}.${headers.ce_sequence ?? ''}`;
    if (place <= (this.places.get(source) ?? '')) return;
    this.places.set(source, place);

    if (source.startsWith('/agreements/')) this.steps.set(key, [...(this.steps.get(key) ?? []), type]);
    if (value === null) {
      this.agreements.delete(key);
      return;
    }
    // Each topic is read at its own pace: what one of them has told already is not undone by the other.
    const { version, status, titles } = JSON.parse(value) as Standing;
    const newness = `${epoch}.${String(version).padStart(10, '0')}`;
    if (newness < (this.versions.get(key) ?? '')) return;
    this.versions.set(key, newness);
    if (type === 'expo-accord.agreement.withheld.v1') this.agreements.delete(key);
    else this.agreements.set(key, { version, status, titles });
  }
}
