import { type LocalizedText } from '@expo-accord/values';
import { type FiledDocument } from './document.entity';
import { type DocumentedResource } from './documented-resources';
import { type DocumentType } from './media-types';

export const DOCUMENTS = 'documents';

export interface DocumentView {
  id: string;
  agreementId: string | null;
  outcomeDocumentId: string | null;
  assessmentId: string | null;
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

export function documentView(document: FiledDocument, url: string): DocumentView {
  const { id, resource, resourceId, name, language, authentic, mediaType, sha256, replacesId, status, size } = document;
  const idOf = (owner: DocumentedResource): string | null => (resource === owner ? resourceId : null);
  return {
    id,
    agreementId: idOf('agreements'),
    outcomeDocumentId: idOf('outcome-documents'),
    assessmentId: idOf('assessments'),
    ...{ name, language, authentic, mediaType, sha256, replacesId, status },
    size: size === null ? null : Number(size),
    url,
    contentUrl: `${url}/content`,
    createdAt: document.createdAt.toISOString(),
  };
}
