import { contactTopic, deliveryTopic, seriesTopic } from '@expo-accord/contracts';
import { topicConfiguration } from './create-topics';

const configurationOf = (topic: Parameters<typeof topicConfiguration>[0]) =>
  Object.fromEntries(topicConfiguration(topic).map(({ name, value }) => [name, value]));

describe('the configuration of a topic', () => {
  it('keeps for ever what read models are rebuilt from, in time and in size', () => {
    expect(configurationOf(seriesTopic)).toEqual({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
    });
  });

  it('keeps the others as long as stated', () => {
    expect(configurationOf(deliveryTopic)['retention.ms']).toBe(String(30 * 86_400_000));
  });

  it('compacts where a tombstone has to remove a person, and closes segments so that it can', () => {
    expect(configurationOf(contactTopic)).toMatchObject({ 'cleanup.policy': 'compact', 'segment.ms': '86400000' });
  });
});
