import { type LocalizedText } from '@expo-accord/values';
import { type AgreementDocument } from './document.entity';
import { type DocumentType } from './media-types';

export const DOCUMENTS = 'documents';

export interface DocumentView {
  id: string;
  agreementId: string;
  name: LocalizedText;
  language: string | null;
  authentic: boolean | null;
  mediaType: DocumentType;
  sha256: string;
  replacesId: string | null;
  status: string;
  /** Bytes; null while it is pending. */
  size: number | null;
  url: string;
  contentUrl: string;
  createdAt: string;
}

export function documentView(document: AgreementDocument, url: string): DocumentView {
  const { id, agreementId, name, language, authentic, mediaType, sha256, replacesId, status, size } = document;
  return {
    ...{ id, agreementId, name, language, authentic, mediaType, sha256, replacesId, status },
    size: size === null ? null : Number(size),
    url,
    contentUrl: `${url}/content`,
    createdAt: document.createdAt.toISOString(),
  };
}
