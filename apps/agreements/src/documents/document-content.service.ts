import { type Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { type Caller, conflict, notFound, Problem, unavailable, type UploadedBytes } from '@expo-accord/http';
import { CheckedBytes, digestDiffers, documentTooLarge } from './checked-bytes';
import { type FiledDocument } from './document.entity';
import { Documents, keyOf } from './document.service';
import { type DocumentView } from './document.view';
import { ObjectStore } from './object-store';

export class DocumentLimits {
  constructor(readonly maxBytes: number) {}
}

/** What is in documents, on its way to the store and back. */
@Injectable()
export class DocumentContents {
  readonly #logger = new Logger(DocumentContents.name);

  constructor(
    private readonly documents: Documents,
    private readonly store: ObjectStore,
    private readonly limits: DocumentLimits,
  ) {}

  /** Sent again, it is checked again, and nothing changes: a document is what its digest says, from the beginning. */
  async take(caller: Caller, id: string, { bytes, length, sha256 }: UploadedBytes): Promise<DocumentView> {
    const { maxBytes } = this.limits;
    const document = await this.documents.find(caller, id);
    if (length !== undefined && length > maxBytes) throw documentTooLarge(maxBytes);
    if (sha256 !== undefined && sha256 !== document.sha256) {
      throw digestDiffers(`The request says that the SHA-256 is ${sha256}, but ${document.sha256} was announced.`);
    }
    const checked = new CheckedBytes(document, maxBytes);
    const passing = checked.of(bytes);
    if (document.status === 'stored') await throughout(passing);
    else await this.reach(() => this.store.put(keyOf(document), passing));
    const settled = await this.documents.settle(caller, id, checked.size);
    if (settled) return settled;
    await this.reach(() => this.store.remove(keyOf(document)));
    throw notFound('document', id);
  }

  async open(caller: Caller, id: string): Promise<{ document: FiledDocument; bytes: Readable }> {
    const document = await this.documents.find(caller, id);
    if (document.status !== 'stored') throw conflict('document-pending', 'Its content has not been sent yet.');
    const bytes = await this.reach(() => this.store.get(keyOf(document)));
    if (bytes !== null) return { document, bytes };
    this.#logger.error(`The content of document ${id} is not in the store`);
    throw unavailable('document-content-missing', 'Its content cannot be found at present.', 60);
  }

  /** What is wrong with the bytes is the caller's to know; of the store it is enough that it does not work now. */
  private async reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem) throw error;
      this.#logger.warn('The document store could not be used, or an upload broke off', error);
      throw unavailable('document-store-unavailable', 'Documents cannot be kept or read at present.', 5);
    }
  }
}

/** Lets everything pass that is only to be checked. */
async function throughout(passing: AsyncGenerator<Buffer, void>): Promise<void> {
  while ((await passing.next()).done !== true);
}
