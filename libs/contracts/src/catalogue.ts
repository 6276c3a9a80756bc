import { agreementMessages, agreementTopic, agreementWithheld } from './agreement.messages';
import { agreementStateMessages, agreementStateTopic } from './agreement-state.messages';
import { codeMessages, codeTopic } from './code.messages';
import { commitmentMessages, commitmentTopic } from './commitment.messages';
import { contactMessages, contactTopic } from './contact.messages';
import { type MessageContract, type ServiceName, type TopicContract } from './contract';
import { deliveryMessages, deliveryTopic } from './delivery.messages';
import { eventMessages, eventTopic } from './event.messages';
import { figureMessages, figureTopic } from './figure.messages';
import { organizationMessages, organizationTopic } from './organization.messages';
import { outcomeDocumentMessages, outcomeDocumentTopic } from './outcome-document.messages';
import { personMessages, personTopic } from './person.messages';
import { placeMessages, placeTopic } from './place.messages';
import { projectMessages, projectTopic } from './project.messages';
import { registrationMessages, registrationTopic } from './registration.messages';
import { seriesMessages, seriesTopic } from './series.messages';

/** Every topic, dead letters apart. */
export const topics: readonly TopicContract[] = [
  eventTopic,
  seriesTopic,
  figureTopic,
  organizationTopic,
  personTopic,
  placeTopic,
  codeTopic,
  registrationTopic,
  contactTopic,
  agreementTopic,
  agreementStateTopic,
  projectTopic,
  commitmentTopic,
  outcomeDocumentTopic,
  deliveryTopic,
];

/** Every message type there is. */
export const messages: readonly MessageContract[] = [
  ...eventMessages,
  ...seriesMessages,
  ...figureMessages,
  ...organizationMessages,
  ...personMessages,
  ...placeMessages,
  ...codeMessages,
  ...registrationMessages,
  ...contactMessages,
  ...agreementMessages,
  agreementWithheld,
  ...agreementStateMessages,
  ...projectMessages,
  ...commitmentMessages,
  ...outcomeDocumentMessages,
  ...deliveryMessages,
];

const byType = new Map<string, MessageContract>(messages.map((message) => [message.type, message]));

/** The contract of a type; undefined for one that this release does not know. */
export function contractOf(type: string): MessageContract | undefined {
  return byType.get(type);
}

/** Where the messages wait that a consumer (`<service>.<purpose>`) could not take. */
export function deadLetterTopicOf(consumer: string): TopicContract {
  return {
    name: `dead-letters.${consumer}`,
    owner: serviceOf(consumer),
    aggregate: 'dead-letters',
    partitions: 1,
    retention: { days: 30 },
    cleanup: 'delete',
    visibility: 'internal',
  };
}

const services: readonly ServiceName[] = ['gateway', 'events', 'registrations', 'agreements', 'notifications'];

function serviceOf(consumer: string): ServiceName {
  const service = services.find((name) => consumer.startsWith(`${name}.`));
  if (service === undefined) throw new RangeError(`Consumer "${consumer}" is not named <service>.<purpose>.`);
  return service;
}
