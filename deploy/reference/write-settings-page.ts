import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SettingsSpec } from '@expo-accord/settings';
import { projectRoot } from '../local/project-root';
import { serviceNames } from '../local/services';
import { settingsPage } from './settings-page';

/** `npm run docs:settings`: asks each built service for its settings and writes the page. */
async function writeSettingsPage(): Promise<void> {
  const services = await Promise.all(
    serviceNames.map(async (service) => {
      const config = (await import(join(projectRoot(), 'dist/apps', service, 'src/config.js'))) as {
        settings: SettingsSpec;
      };
      return { service, spec: config.settings };
    }),
  );
  writeFileSync(join(projectRoot(), 'deploy/SETTINGS.md'), settingsPage(services));
}

void writeSettingsPage();
