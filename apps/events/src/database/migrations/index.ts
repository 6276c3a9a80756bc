import { type MigrationClass } from '@expo-accord/database';
import { idempotencyMigrations } from '@expo-accord/http';
import { messagingMigrations } from '@expo-accord/messaging';
import { KeepSeriesAndEvents1763690000000 } from './1763690000000-keep-series-and-events';
import { KeepWhoAndWhere1763690000001 } from './1763690000001-keep-who-and-where';
import { KeepWhatHappenedAtEvents1763690000002 } from './1763690000002-keep-what-happened-at-events';
import { CountFromMessages1763690000003 } from './1763690000003-count-from-messages';
import { FindEventsByTheirDays1763690000004 } from './1763690000004-find-events-by-their-days';
import { MergeDuplicates1763690000010 } from './1763690000010-merge-duplicates';
import { ChangeCodes1763690000011 } from './1763690000011-change-codes';
import { SortByName1763690000012 } from './1763690000012-sort-by-name';

export const migrations: readonly MigrationClass[] = [
  ...messagingMigrations,
  ...idempotencyMigrations,
  KeepSeriesAndEvents1763690000000,
  KeepWhoAndWhere1763690000001,
  KeepWhatHappenedAtEvents1763690000002,
  CountFromMessages1763690000003,
  FindEventsByTheirDays1763690000004,
  MergeDuplicates1763690000010,
  ChangeCodes1763690000011,
  SortByName1763690000012,
];
