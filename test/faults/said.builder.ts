import { registrationRegistered, type RegistrationSnapshot } from '@expo-accord/contracts';
import { type Said } from './history';

let offset = 0;

/** The next record of the one partition that there is here: a registration's message with this number. */
export function aMessage(registration: string, sequence: number, data: Partial<RegistrationSnapshot> = {}): Said {
  offset += 1;
  const { type, topic, example } = registrationRegistered;
  return {
    topic: topic.name,
    partition: 0,
    offset,
    source: `/registrations/${registration}`,
    id: `${registration}-${sequence}`,
    type,
    tenantId: 'tenant',
    epoch: 1,
    sequence,
    text: JSON.stringify({ ...example, registrationId: registration, ...data }),
  };
}

/** Sent again, as a relay does that has not heard whether it was taken. */
export function again(message: Said): Said {
  offset += 1;
  return { ...message, offset };
}
