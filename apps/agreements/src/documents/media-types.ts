import { fileTypeFromBuffer } from 'file-type/core';

/** What a document may be, and how its file is called. Nothing that a browser would run. */
const extensions = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'text/plain': 'txt',
} as const;

export type DocumentType = keyof typeof extensions;
export const documentTypes = Object.keys(extensions) as DocumentType[];

/** Enough to tell what it is: an office document is a ZIP archive whose first files tell. */
export const TELLING_BYTES = 1024 * 1024;

/** The media type that the content has, whatever it is called; undefined where nothing known begins like that. */
export async function foundType(beginning: Buffer): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(beginning);
  return found?.mime ?? (isText(beginning) ? 'text/plain' : undefined);
}

/** `attachment` in every case, so that nothing is shown in the API's own origin. */
export function dispositionOf(title: string, mediaType: DocumentType): string {
  const extension = extensions[mediaType];
  const name = encodeURIComponent(`${title}.${extension}`).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="document.${extension}"; filename*=UTF-8''${name}`;
}

function isText(beginning: Buffer): boolean {
  if (beginning.includes(0)) return false;
  try {
    // The last character may be cut.
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true });
    return true;
  } catch {
    return false;
  }
}
