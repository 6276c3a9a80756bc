import { type ServiceName, topics } from '@expo-accord/contracts';
import {
  type AclEntry,
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  type Admin,
  ResourcePatternTypes,
} from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { kafkaClient, prefixed } from './kafka-client';
import { type KafkaConfig } from './kafka.settings';

/** Something that a service may do, by name without the installation's prefix. */
export interface Grant {
  readonly may: 'write' | 'create' | 'read';
  readonly of: 'topic' | 'group';
  readonly name: string;
  /** Whatever begins with the name, and not only what is called so. */
  readonly andAllBelow?: true;
}

/**
 * What the declarations of the topics let a service do: write its own, read what is not kept from it. Its groups and
 * dead letters are its alone: a dead letter may be the copy of a contact.
 */
export function grantsOf(service: ServiceName): Grant[] {
  const own = topics.filter(({ owner }) => owner === service).map(({ name }) => name);
  const readable = topics.filter(
    ({ visibility, readers }) => readers?.includes(service) ?? visibility !== 'restricted',
  );
  const deadLetters = { of: 'topic', name: `dead-letters.${service}.`, andAllBelow: true } as const;
  return [
    ...own.flatMap((name) => [
      { may: 'create', of: 'topic', name } as const,
      { may: 'write', of: 'topic', name } as const,
    ]),
    ...readable.map(({ name }) => ({ may: 'read', of: 'topic', name }) as const),
    ...(['create', 'write', 'read'] as const).map((may) => ({ may, ...deadLetters })),
    { may: 'read', of: 'group', name: `${service}.`, andAllBelow: true },
  ];
}

/**
 * Lets each of these services, which log in by their own names, do what `grantsOf` says. Needs the login of somebody who
 * may alter the cluster. Safe to run again; takes nothing away.
 */
export async function grantAccess(config: KafkaConfig, services: readonly ServiceName[]): Promise<void> {
  const admin = kafkaClient(config, 'grant-access').admin();
  try {
    await admin.connect();
    const acl = services.flatMap((service) => grantsOf(service).map((grant) => entry(config, service, grant)));
    await admin.createAcls({ acl });
    await inForce(admin, acl.at(-1));
  } finally {
    await admin.disconnect();
  }
}

function entry(config: KafkaConfig, service: ServiceName, { may, of, name, andAllBelow }: Grant): AclEntry {
  return {
    principal: `User:${service}`,
    host: '*',
    resourceType: of === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
    resourceName: prefixed(config, name),
    resourcePatternType: andAllBelow ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    operation: { write: AclOperationTypes.WRITE, create: AclOperationTypes.CREATE, read: AclOperationTypes.READ }[may],
    permissionType: AclPermissionTypes.ALLOW,
  };
}

/** The controller has written them all down when it answers; the broker learns of them in that order, moments later. */
async function inForce(admin: Admin, last: AclEntry | undefined): Promise<void> {
  while (last !== undefined && (await admin.describeAcls(last)).resources.length === 0) await delay(20);
}
