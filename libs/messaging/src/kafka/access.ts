import { type ServiceName, topics } from '@expo-accord/contracts';

/** Something that a user of Kafka may do, by name without the installation's prefix. */
export interface Grant {
  readonly may: 'write' | 'create' | 'read';
  readonly of: 'topic' | 'group';
  readonly name: string;
  /** Whatever begins with the name, and not only what is called so. */
  readonly andAllBelow?: true;
}

/** All that somebody who logs in by this name may do. */
export interface Access {
  readonly user: string;
  readonly grants: readonly Grant[];
}

/**
 * What the declarations of the topics let a service do: write its own, read what is not kept from it. Its groups and
 * dead letters are its alone: a dead letter may be the copy of a contact.
 */
export function accessOf(service: ServiceName): Access {
  const own = topics.filter(({ owner }) => owner === service).map(({ name }) => name);
  const readable = topics.filter(
    ({ visibility, readers }) => readers?.includes(service) ?? visibility !== 'restricted',
  );
  const deadLetters = { of: 'topic', name: `dead-letters.${service}.`, andAllBelow: true } as const;
  return {
    user: service,
    grants: [
      ...own.flatMap((name) => [
        { may: 'create', of: 'topic', name } as const,
        { may: 'write', of: 'topic', name } as const,
      ]),
      ...readable.map(({ name }) => ({ may: 'read', of: 'topic', name }) as const),
      ...(['create', 'write', 'read'] as const).map((may) => ({ may, ...deadLetters })),
      { may: 'read', of: 'group', name: `${service}.`, andAllBelow: true },
    ],
  };
}

/** What somebody outside may do: read the public topics, in groups that begin with the own name and a dot. */
export function accessOfOutsider(user: string): Access {
  const open = topics.filter(({ visibility }) => visibility === 'public');
  return {
    user,
    grants: [
      ...open.map(({ name }) => ({ may: 'read', of: 'topic', name }) as const),
      { may: 'read', of: 'group', name: `${user}.`, andAllBelow: true },
    ],
  };
}
