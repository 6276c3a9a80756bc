/** Where outsiders read a resource: links in messages. */
export class PublicUrls {
  constructor(private readonly base: string) {}

  of(path: string, id: string): string {
    return `${this.base}/v1/${path}/${id}`;
  }
}
