import {
  type AclEntry,
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  type Admin,
  ResourcePatternTypes,
} from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Access, type Grant } from './access';
import { withAdmin } from './kafka-admin';
import { prefixed } from './kafka-client';
import { type KafkaConfig } from './kafka.settings';

/** A right that somebody lacks, or has beyond what is due: `read topic events.event`, `read group acme.*`. */
export interface AccessDifference {
  readonly user: string;
  readonly is: 'missing' | 'surplus';
  readonly right: string;
}

/**
 * Gives each of these users what is due to it. Needs the login of somebody who may alter the cluster. Safe to run again;
 * takes nothing away.
 * @throws KafkaTrouble
 */
export async function grantAccess(config: KafkaConfig, accesses: readonly Access[]): Promise<void> {
  await withAdmin(config, async (admin) => {
    const acl = accesses.flatMap((access) => dueTo(config, access));
    await admin.createAcls({ acl });
    await untilKnown(admin, acl.at(-1), true);
  });
}

/**
 * Takes from each of these users what it has of this installation's topics and groups beyond what is due to it.
 * @returns the rights that were taken away
 * @throws KafkaTrouble
 */
export async function revokeSurplus(config: KafkaConfig, accesses: readonly Access[]): Promise<AccessDifference[]> {
  return await withAdmin(config, async (admin) => {
    const surplus = (await compare(admin, config, accesses)).filter(({ is }) => is === 'surplus');
    if (surplus.length > 0) await admin.deleteAcls({ filters: surplus.map(({ entry }) => entry) });
    await untilKnown(admin, surplus.at(-1)?.entry, false);
    return surplus.map((each) => differenceOf(config, each));
  });
}

/**
 * In what these users' rights are not what is due to them.
 * @throws KafkaTrouble
 */
export async function accessDifferences(config: KafkaConfig, accesses: readonly Access[]): Promise<AccessDifference[]> {
  return await withAdmin(config, async (admin) =>
    (await compare(admin, config, accesses)).map((each) => differenceOf(config, each)),
  );
}

interface Compared {
  user: string;
  is: AccessDifference['is'];
  entry: AclEntry;
}

async function compare(admin: Admin, config: KafkaConfig, accesses: readonly Access[]): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const access of accesses) {
    const due = dueTo(config, access);
    const had = await rightsOf(admin, config, access.user);
    compared.push(
      ...without(due, had).map((entry) => ({ user: access.user, is: 'missing' as const, entry })),
      ...without(had, due).map((entry) => ({ user: access.user, is: 'surplus' as const, entry })),
    );
  }
  return compared;
}

function without(entries: readonly AclEntry[], others: readonly AclEntry[]): AclEntry[] {
  const known = new Set(others.map(identityOf));
  return entries.filter((entry) => !known.has(identityOf(entry)));
}

function identityOf(entry: AclEntry): string {
  const { host, resourceType, resourceName, resourcePatternType, operation, permissionType } = entry;
  return [host, resourceType, resourceName, resourcePatternType, operation, permissionType].join(' ');
}

function dueTo(config: KafkaConfig, { user, grants }: Access): AclEntry[] {
  return grants.map(({ may, of, name, andAllBelow }) => ({
    principal: principalOf(user),
    host: '*',
    resourceType: resourceTypes[of],
    resourceName: prefixed(config, name),
    resourcePatternType: andAllBelow ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    operation: operations[may],
    permissionType: AclPermissionTypes.ALLOW,
  }));
}

/** What Kafka has written down for this user about topics and groups of this installation. */
async function rightsOf(admin: Admin, config: KafkaConfig, user: string): Promise<AclEntry[]> {
  const { resources } = await admin.describeAcls({
    principal: principalOf(user),
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  });
  return resources
    .filter(({ resourceType }) => Object.values<AclResourceTypes>(resourceTypes).includes(resourceType))
    .filter(({ resourceName }) => resourceName.startsWith(prefixed(config, '')))
    .flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
      acls.map((acl) => ({ ...acl, resourceType, resourceName, resourcePatternType })),
    );
}

function differenceOf(config: KafkaConfig, { user, is, entry }: Compared): AccessDifference {
  const { operation, resourceType, resourceName, resourcePatternType, permissionType, host } = entry;
  const words = [
    ...(permissionType === AclPermissionTypes.DENY ? ['not'] : []),
    nameOf(AclOperationTypes, operation),
    nameOf(AclResourceTypes, resourceType),
    resourceName.slice(prefixed(config, '').length) +
      (resourcePatternType === ResourcePatternTypes.PREFIXED ? '*' : ''),
    ...(host === '*' ? [] : [`from ${host}`]),
  ];
  return { user, is, right: words.join(' ') };
}

/** kafkajs' enums are plain objects, which know no way back from a value to its name. */
function nameOf(names: Readonly<Record<string, number | string>>, value: number): string {
  const name = Object.keys(names).find((each) => names[each] === value) ?? String(value);
  return name.toLowerCase();
}

function principalOf(user: string): string {
  return `User:${user}`;
}

const resourceTypes: Record<Grant['of'], AclResourceTypes> = {
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
};

const operations: Record<Grant['may'], AclOperationTypes> = {
  write: AclOperationTypes.WRITE,
  create: AclOperationTypes.CREATE,
  read: AclOperationTypes.READ,
};

/**
 * The controller has written down what it was told when it answers; the broker learns of it in that order, moments later.
 * @param isThere whether the last of them was to be given, or to be taken away
 */
async function untilKnown(admin: Admin, last: AclEntry | undefined, isThere: boolean): Promise<void> {
  while (last !== undefined && (await admin.describeAcls(last)).resources.length > 0 !== isThere) await delay(20);
}
