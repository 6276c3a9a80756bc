export * from './agreement-acts.messages';
export * from './agreement.messages';
export * from './agreement-state.messages';
export * from './code.messages';
export * from './commitment.messages';
export * from './contact.messages';
export * from './delivery.messages';
export * from './event.messages';
export * from './figure.messages';
export * from './organization.messages';
export * from './outcome-document.messages';
export * from './person.messages';
export * from './place.messages';
export * from './project.messages';
export * from './registration.messages';
export * from './series.messages';
export { asyncApiDocument } from './async-api';
export { BaseData } from './base';
export { contractOf, deadLetterTopicOf, messages, topics } from './catalogue';
export { consumers, consumersOf, type ConsumerContract, type ConsumerName, type Repetition } from './consumers';
export { incompatibilities } from './compatibility';
export {
  problemsOf,
  type DataOf,
  type MessageContract,
  type MessageType,
  type ServiceName,
  type TopicContract,
  type Visibility,
} from './contract';
export {
  EnvelopeError,
  fromHeaders,
  epochInHeader,
  placeInHeaders,
  toHeaders,
  type Envelope,
  type MessageHeaders,
  type ReceivedHeaders,
} from './envelope';
export { jsonSchemaOf } from './json-schema';
