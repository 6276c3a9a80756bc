import { type ServiceSettings, settingsReference } from '@expo-accord/settings';

const introduction = `# Settings

Every setting of every service, from the environment. A secret can also be read from a file, as container platforms hand
them out: \`DATABASE_URL_FILE=/run/secrets/database-url\`. A missing or wrong one stops the service at start-up with a
sentence that names it. Written by \`npm run docs:settings\` from the same declarations that the services read.
`;

/** The page as it is kept in deploy/SETTINGS.md. */
export function settingsPage(services: readonly ServiceSettings[]): string {
  return `${introduction}\n${settingsReference(services)}`;
}
