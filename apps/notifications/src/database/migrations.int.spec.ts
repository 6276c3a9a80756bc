import { migrate, schemaDifference } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { NotificationsService } from '../../test/notifications-service';
import { entities } from './entities';
import { migrations } from './migrations';

it('leaves no difference between the migrated schema and the entities, also when run again', async () => {
  const service = await NotificationsService.start({});
  try {
    expect(await schemaDifference(service.app.get(DataSource))).toEqual([]);
    const lines: string[] = [];
    await migrate({ config: service.config, entities, migrations, log: (line) => lines.push(line) });
    expect(lines).toEqual(['The schema is up to date']);
  } finally {
    await service.stop();
  }
});
