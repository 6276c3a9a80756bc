import { assertJava, mavenJars } from './maven-jars';

const what = 'the local Kafka broker';

export function assertKafkaJava(): void {
  assertJava(what);
}

/** Kafka has no npm package. Answers the folder that its jars are in. */
export function kafkaJars(): string {
  return mavenJars({ what, name: 'kafka-4.1.1', pom: 'deploy/local/kafka/pom.xml' });
}
