import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalizedText } from '@expo-accord/values';
import { type AgreementsService, type Answer, type Tenant } from './agreements-service';

export const en = (text: string): LocalizedText => ({ original: 'en', texts: { en: text } });
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(50_000)]);
/** An archive whose only file is called a. */
export const zip = Buffer.from(
  'UEsDBAoAAAAAAAAAIQBDvrfoAQAAAAEAAAABAAAAYWFQSwECHgMKAAAAAAAAACEAQ763' +
    '6AEAAAABAAAAAQAAAAAAAAAAAAAApIEAAAAAYVBLBQYAAAAAAQABAC8AAAAgAAAAAAA=',
  'base64',
);

export interface Document {
  id: string;
  status: string;
  size: number | null;
}

/** What a tenant does with documents, and what there is of them in the store. */
export class DocumentDesk {
  constructor(
    private readonly service: AgreementsService,
    private readonly tenant: Tenant,
  ) {}

  async agreement(...actions: string[]): Promise<string> {
    const parties = { completeness: 'illustrative', items: [] };
    const { body } = await this.tenant.post('agreements', { type: 'mou', titles: en('MoU'), parties });
    for (const action of actions) {
      expect((await this.tenant.post(`agreements/${String(body['id'])}/${action}`)).status).toBe(200);
    }
    return String(body['id']);
  }

  async announce(agreementId: string, bytes: Uint8Array, given: object = {}): Promise<string> {
    return this.announceAt(`agreements/${agreementId}`, bytes, given);
  }

  /** @param path of what it belongs to */
  async announceAt(path: string, bytes: Uint8Array, given: object = {}): Promise<string> {
    const body = { name: en('Text'), mediaType: 'application/pdf', sha256: sha256(bytes), ...given };
    const announced = await this.tenant.post<Document>(`${path}/documents`, body);
    expect(announced).toMatchObject({ status: 201, body: { status: 'pending', size: null } });
    return announced.body.id;
  }

  async send(id: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
    const type = { 'content-type': 'application/octet-stream' };
    return this.tenant.call('PUT', `documents/${id}/content`, { body: bytes, headers: { ...type, ...headers } });
  }

  async stored(agreementId: string): Promise<string> {
    const id = await this.announce(agreementId, pdf);
    expect(await this.send(id, pdf)).toMatchObject({ status: 200, body: { status: 'stored', size: pdf.length } });
    return id;
  }

  async open(id: string, as = this.tenant): Promise<Response> {
    return as.fetch('GET', `documents/${id}/content`);
  }

  /** The paths of all files in the store, finished or not. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.service.documents, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name, parentPath }) => join(parentPath, name));
  }

  async filesOf(id: string): Promise<string[]> {
    return (await this.files()).filter((path) => path.endsWith(id));
  }

  async nothingKept(id: string): Promise<void> {
    expect((await this.tenant.get(`documents/${id}`)).body).toMatchObject({ status: 'pending', size: null });
    expect((await this.files()).filter((path) => path.endsWith(id) || path.includes('unfinished'))).toEqual([]);
    expect((await this.open(id)).status).toBe(409);
  }
}
