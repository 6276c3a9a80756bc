import { contactTopic, type ServiceName, topics } from '@expo-accord/contracts';
import { accessOf, accessOfOutsider } from './access';

const services: ServiceName[] = ['events', 'registrations', 'agreements', 'notifications'];

const whoMay = (may: 'write' | 'read', topic: string): ServiceName[] =>
  services.filter((service) =>
    accessOf(service).grants.some((grant) => grant.may === may && grant.of === 'topic' && grant.name === topic),
  );

describe('what a service may do in Kafka', () => {
  it.each(topics)('$name is written by its owner alone', ({ name, owner }) => {
    expect(whoMay('write', name)).toEqual([owner]);
  });

  it('contacts are read by notifications alone, and not by their owner', () => {
    expect(whoMay('read', contactTopic.name)).toEqual(['notifications']);
  });

  it.each(topics.filter(({ visibility }) => visibility !== 'restricted'))(
    '$name is read by every service',
    ({ name }) => {
      expect(whoMay('read', name)).toEqual(services);
    },
  );

  it.each(services)('%s has groups and dead letters of its own, and nobody else in them', (service) => {
    const below = accessOf(service).grants.filter(({ andAllBelow }) => andAllBelow);
    expect(below.map(({ may, of, name }) => `${may} ${of} ${name}`)).toEqual([
      `create topic dead-letters.${service}.`,
      `write topic dead-letters.${service}.`,
      `read topic dead-letters.${service}.`,
      `read group ${service}.`,
    ]);
  });
});

describe('what somebody outside may do in Kafka', () => {
  it('is to read public topics, in groups of its own name, and nothing else', () => {
    const open = topics.filter(({ visibility }) => visibility === 'public');
    expect(accessOfOutsider('acme').grants).toEqual([
      ...open.map(({ name }) => ({ may: 'read', of: 'topic', name })),
      { may: 'read', of: 'group', name: 'acme.', andAllBelow: true },
    ]);
  });
});
