export { MessagingModule } from './messaging.module';
export { MESSAGING_OPTIONS, type MessagingOptions } from './messaging.options';
export { Relay } from './relay/relay';
export { attachConsumers } from './consuming/attach-consumers';
export { type KafkaConfig, kafkaSettings } from './kafka/kafka.settings';
export { type Access, accessOf, accessOfOutsider } from './kafka/access';
export { type AccessDifference, accessDifferences, grantAccess, revokeSurplus } from './kafka/grant-access';
export { createTopics } from './kafka/create-topics';
export { readTopics } from './kafka/read-topics';
export { type IncomingRecord } from './kafka/kafka.port';
export { messagingEntities, messagingMigrations } from './persistence';
export { MOST_IN_ONE_STATEMENT, Outbox, type AppendedMessage } from './outbox/outbox';
export { currentCause } from './outbox/current-cause';
export { type Cause, ContractViolation, outgoing, type OutgoingMessage, tombstone } from './outbox/outgoing-message';
export { heartbeats } from './outbox/heartbeats';
export { PermanentFailure } from './consuming/failures';
export { isLater } from './consuming/reading';
export { OnMessage, OnMessages, OnTombstone } from './consuming/on-message.decorator';
export { type MessageContext, type Received, type ReceivedTombstone } from './consuming/received';
export { dropParked, type ParkedKey, parkedKeys, redrive } from './consuming/parked-keys';
export { type ReadModels, type Rebuilt } from './rebuilding/read-model';
export { type RebuildAnswer, rebuildReadModel, runRebuild } from './rebuilding/rebuild-read-model';
export { replayConsumer, type ReplayedPartition } from './consuming/replay-consumer';
export { KafkaTrouble } from './kafka/kafka-admin';
export { consumerLag, type ConsumerLag } from './operating/consumer-lag';
export { createMissingTopics } from './operating/create-missing-topics';
export { describeTopics, type TopicState } from './operating/describe-topics';
export { outboxSummary, type OutboxSummary } from './operating/outbox-summary';
export {
  droppedRecords,
  type DroppedRecord,
  type ParkedEnvelope,
  parkedMessages,
  type ParkedSource,
  parkedSources,
} from './operating/parked-messages';
export { topicDifferences, type TopicDifference } from './operating/topic-differences';
export { type Verification, type VerifyFinding, verifyStreams } from './operating/verify-streams';
