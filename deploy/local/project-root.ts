import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This code runs as source (under jest) and from dist: both find the same folder, the one with our package.json. */
export function projectRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && /"name":\s*"expo-accord"/.test(readFileSync(file, 'utf8'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of expo-accord above ${__dirname}`);
  }
}
