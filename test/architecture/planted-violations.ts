/** A file that breaks one rule of .dependency-cruiser.cjs, and nothing else. */
export interface PlantedViolation {
  rule: string;
  file: string;
  source: string;
}

/** What the violations import; breaks no rule itself. */
export const innocentFiles: Record<string, string> = {
  'apps/events/src/events/event.controller.ts':
    "import { events } from './event.service';\nexport const routes = events;\n",
  'apps/events/src/events/event.service.ts':
    "import { mayOpen } from './event.rules';\nimport { row } from './event.entity';\nimport { newId } from '@expo-accord/database';\nexport const events = [mayOpen, row, newId];\n",
  'apps/events/src/events/event.rules.ts':
    "import { createHash } from 'node:crypto';\nimport { type Row } from './event.entity';\nexport const mayOpen = (row: Row): unknown => createHash(String(row));\n",
  'apps/events/src/events/event.entity.ts': "import 'typeorm';\nexport const row = 1;\nexport type Row = typeof row;\n",
  'apps/events/src/events/event.consumer.ts':
    "import { type Row } from './event.entity';\nimport { events } from './event.service';\nexport const handle = (row: Row): unknown => [events, row];\n",
  'apps/events/src/events/events.module.ts':
    "import { routes } from './event.controller';\nexport const parts = routes;\n",
  'apps/agreements/src/agreements/agreement.service.ts': 'export const agreements = 1;\n',
  'libs/values/src/index.ts': "import '@sinclair/typebox';\nexport * from './quantity';\n",
  'libs/values/src/quantity.ts': 'export const quantity = 1;\n',
  'libs/contracts/src/index.ts': "import '@expo-accord/values';\nexport const messages = 1;\n",
  'libs/settings/src/index.ts': 'export const settings = 1;\n',
  'libs/observability/src/index.ts': 'export const log = 1;\n',
  'libs/database/src/index.ts': "import '@expo-accord/settings';\nexport const newId = 1;\n",
  'libs/messaging/src/index.ts': "import 'kafkajs';\nimport '@expo-accord/contracts';\nexport const outbox = 1;\n",
  'libs/http/src/index.ts': "import '@expo-accord/values';\nexport const api = 1;\n",
  'deploy/local/stack.ts': "import '@expo-accord/contracts';\nexport const stack = 1;\n",
  'apps/events/src/events/round.service.ts':
    "import { about } from './round-about.service';\nexport const round: unknown = about;\n",
  'test/support/stack.ts': "import '../../deploy/local/stack';\nexport const stack = 1;\n",
  'apps/events/src/events/event.service.int.spec.ts':
    "import '../../../../test/support/stack';\nimport './event.controller';\n",
};

export const plantedViolations: PlantedViolation[] = [
  {
    rule: 'app-never-imports-app',
    file: 'apps/events/src/events/neighbour.service.ts',
    source: "import '../../../agreements/src/agreements/agreement.service';\n",
  },
  {
    rule: 'libs-and-deploy-never-import-apps',
    file: 'libs/http/src/upward.ts',
    source: "import '../../../apps/events/src/events/event.service';\n",
  },
  {
    rule: 'libs-and-deploy-never-import-apps',
    file: 'deploy/local/inward.ts',
    source: "import '../../apps/events/src/events/event.service';\n",
  },
  {
    rule: 'libs-never-import-deploy',
    file: 'libs/http/src/deploying.ts',
    source: "import '../../../deploy/local/stack';\n",
  },
  {
    rule: 'only-specs-import-test',
    file: 'apps/events/src/events/tested.service.ts',
    source: "import '../../../../test/support/stack';\n",
  },
  {
    rule: 'values-imports-only-npm-packages',
    file: 'libs/values/src/wide.ts',
    source: "import '@expo-accord/settings';\n",
  },
  { rule: 'values-is-pure', file: 'libs/values/src/framed.ts', source: "import '@nestjs/common';\n" },
  {
    rule: 'contracts-imports-only-values',
    file: 'libs/contracts/src/wide.ts',
    source: "import '@expo-accord/database';\n",
  },
  { rule: 'contracts-is-pure', file: 'libs/contracts/src/framed.ts', source: "import 'class-validator';\n" },
  {
    rule: 'settings-imports-only-npm-packages',
    file: 'libs/settings/src/wide.ts',
    source: "import '@expo-accord/values';\n",
  },
  {
    rule: 'observability-imports-only-npm-packages',
    file: 'libs/observability/src/wide.ts',
    source: "import '@expo-accord/settings';\n",
  },
  {
    rule: 'database-imports-only-settings-observability',
    file: 'libs/database/src/wide.ts',
    source: "import '@expo-accord/contracts';\n",
  },
  {
    rule: 'messaging-imports-only-contracts-values-database-observability-settings',
    file: 'libs/messaging/src/wide.ts',
    source: "import '@expo-accord/http';\n",
  },
  {
    rule: 'http-imports-only-values-database-observability-settings',
    file: 'libs/http/src/wide.ts',
    source: "import '@expo-accord/messaging';\n",
  },
  {
    rule: 'libs-only-through-index',
    file: 'apps/events/src/events/deep.service.ts',
    source: "import '../../../../libs/values/src/quantity';\n",
  },
  {
    rule: 'controller-and-consumer-decide-nothing',
    file: 'apps/events/src/events/deciding.controller.ts',
    source: "import { mayOpen } from './event.rules';\nexport const answer = mayOpen;\n",
  },
  {
    rule: 'controller-and-consumer-decide-nothing',
    file: 'apps/events/src/events/writing.consumer.ts',
    source: "import { row, type Row } from './event.entity';\nexport const written: Row = row;\n",
  },
  {
    rule: 'nothing-imports-controller-or-consumer',
    file: 'apps/events/src/events/backward.service.ts',
    source: "import './event.consumer';\n",
  },
  {
    rule: 'rules-and-entities-know-no-service',
    file: 'apps/events/src/events/served.entity.ts',
    source: "import './event.service';\n",
  },
  { rule: 'rules-do-no-io', file: 'apps/events/src/events/reading.rules.ts', source: "import 'node:fs';\n" },
  { rule: 'rules-do-no-io', file: 'apps/events/src/events/framed.rules.ts', source: "import 'typeorm';\n" },
  {
    rule: 'rules-do-no-io',
    file: 'apps/events/src/events/answering.rules.ts',
    source: "import { api } from '@expo-accord/http';\nexport const answer = api;\n",
  },
  {
    rule: 'kafka-client-behind-one-port',
    file: 'apps/events/src/events/direct.service.ts',
    source: "import 'kafkajs';\n",
  },
  {
    rule: 'telemetry-sdk-in-one-place',
    file: 'libs/messaging/src/relay/measured.ts',
    source: "import '@opentelemetry/sdk-trace';\n",
  },
  {
    rule: 'no-development-package-in-production',
    file: 'apps/events/src/events/developing.service.ts',
    source: "import 'smtp-server';\n",
  },
  {
    rule: 'no-package-that-is-not-declared',
    file: 'apps/events/src/events/undeclared.service.ts',
    source: "import 'safer-buffer';\n",
  },
  {
    rule: 'no-unresolvable-import',
    file: 'apps/events/src/events/lost.service.ts',
    source: "import './nowhere';\n",
  },
  {
    rule: 'no-cycle',
    file: 'apps/events/src/events/round-about.service.ts',
    source: "import { round } from './round.service';\nexport const about: unknown = round;\n",
  },
];
