import { fileURLToPath } from 'node:url';
import { type AgreementsConfig } from '../config';
import { FolderStore } from './folder-store';
import { type ObjectStore } from './object-store';
import { S3Store } from './s3-store';

/** The store that the settings name. */
export function openStore(config: AgreementsConfig): ObjectStore {
  const { DOCUMENT_STORE_URL: url, DOCUMENT_STORE_REGION: region } = config;
  if (url.startsWith('file:')) return new FolderStore(fileURLToPath(url));
  const { DOCUMENT_STORE_ACCESS_KEY_ID: accessKeyId, DOCUMENT_STORE_SECRET_ACCESS_KEY: secretAccessKey } = config;
  return new S3Store({ url, region, accessKeyId: accessKeyId ?? '', secretAccessKey: secretAccessKey ?? '' });
}
