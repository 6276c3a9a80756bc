import { Type, type Static } from '@sinclair/typebox';
import { Code, Economy, LocalizedText, nullable, Quantity, Uuid } from '@expo-accord/values';
import { base, changes, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const projectTopic = defineTopic({
  name: 'agreements.project',
  owner: 'agreements',
  aggregate: 'projects',
  partitions: 6,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

export const ProjectStatus = Type.Union([
  Type.Literal('announced'),
  Type.Literal('signed'),
  Type.Literal('registered'),
  Type.Literal('underWay'),
  Type.Literal('operating'),
  Type.Literal('stalled'),
  Type.Literal('cancelled'),
]);
export type ProjectStatus = Static<typeof ProjectStatus>;

const counted = {
  status: ProjectStatus,
  investment: nullable(Quantity),
  eventId: nullable(Uuid),
  industry: nullable(Code),
};

/** What a project counted as before: a statistic takes this away and adds the new. */
export const ProjectBefore = Type.Object(counted);
export type ProjectBefore = Static<typeof ProjectBefore>;

export const ProjectSnapshot = Type.Object({
  ...base,
  projectId: Uuid,
  names: LocalizedText,
  economies: Type.Array(Economy),
  ...counted,
  previous: nullable(ProjectBefore),
  ...changes,
});
export type ProjectSnapshot = Static<typeof ProjectSnapshot>;

const projectId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5aa0';

const signed: ProjectSnapshot = {
  ...exampleBase(`projects/${projectId}`),
  projectId,
  names: { original: 'en', texts: { en: 'Battery plant, second phase', ko: '배터리 공장 2단계' } },
  economies: ['CN', 'KR'],
  status: 'signed',
  investment: { qualifier: 'exact', value: '1500000000', currency: 'CNY' },
  eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
  industry: 'newEnergy',
  previous: null,
  version: 1,
  changed: [],
};

const before: ProjectBefore = {
  status: 'announced',
  investment: { qualifier: 'approx', value: '1500000000', currency: 'CNY' },
  eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
  industry: 'newEnergy',
};

const declare = (name: string, description: string, example: ProjectSnapshot) =>
  defineMessage({ name: `project.${name}`, topic: projectTopic, description, schema: ProjectSnapshot, example });

export const projectAnnounced = declare('announced', 'A project was made public.', { ...signed, status: 'announced' });
export const projectSigned = declare('signed', 'A project was signed.', {
  ...signed,
  previous: before,
  version: 2,
  changed: ['/investment/qualifier', '/signedOn', '/status'],
});
export const projectRecorded = declare('recorded', 'A project of the past was entered, in any status.', {
  ...signed,
  historical: true,
});
export const projectCorrected = declare('corrected', 'What was entered was wrong and has been put right.', {
  ...signed,
  previous: before,
});
export const projectProgressed = declare('progressed', 'A project went on, stalled or was cancelled.', {
  ...signed,
  status: 'underWay',
  previous: { ...before, status: 'signed' },
});

export const projectMessages = [
  projectAnnounced,
  projectSigned,
  projectRecorded,
  projectCorrected,
  projectProgressed,
] as const;
