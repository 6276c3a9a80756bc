import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../local/project-root';

export interface ComposeService {
  image: string;
  pull_policy?: string;
  command?: string[];
  user?: string;
  environment?: Record<string, string>;
  /** `<volume>:<path inside>[:ro]` */
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  build?: { context: string; dockerfile: string };
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
}

export function composeFile(): ComposeFile {
  return parse(readFileSync(join(projectRoot(), 'docker-compose.yml'), 'utf8'), { merge: true }) as ComposeFile;
}

/** Our own image's services, as opposed to PostgreSQL, Kafka and the mail catcher. */
export function ownServices(compose: ComposeFile): [string, ComposeService][] {
  return Object.entries(compose.services).filter(([, { image }]) => image === 'expo-accord');
}
