import { join } from 'node:path';
import { setUpDatabase } from '../local/database-setup';
import { secretsIn } from '../local/secrets';

/** Makes the database with one role and one schema a service: `node set-up-database.js <secrets folder> <host> <port> <database>` */
async function main(): Promise<void> {
  const [folder = '/secrets', host = 'postgres', port = '5432', database = 'expo_accord'] = process.argv.slice(2);
  const secrets = secretsIn(join(folder, 'all'));
  await setUpDatabase({
    server: { host, port: Number(port), user: 'postgres', password: secrets.postgresPassword },
    database,
    rolePrefix: '',
    passwords: secrets.rolePasswords,
  });
}

void main();
