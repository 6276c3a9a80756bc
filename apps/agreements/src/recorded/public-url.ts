/** Where outsiders reach the API; every link in answers and messages begins with it. */
export class PublicUrl {
  constructor(private readonly base: string) {}

  /** @param path plural path of the resource: agreements, projects... */
  of(path: string, id: string): string {
    return `${this.base}/v1/${path}/${id}`;
  }
}
