import { type KafkaPasswords } from './kafka-users';

export interface KafkaListeners {
  /** Where everybody has to log in: what the broker listens to, and what clients are told to come back by. */
  login: { listen: string; advertised: string };
  controllerPort: number;
  /** Where nobody has to, and everybody may do everything; clients are told to come back by the advertised port. */
  open?: { port: number; advertisedPort: number };
}

export interface KafkaKeyStore {
  /** PKCS #12, with the broker's key and certificate. */
  file: string;
  password: string;
}

/** A broker that is its own controller, knows its users by password, and lets them do only what they were granted. */
export function serverProperties(
  logFolder: string,
  { login, controllerPort, open }: KafkaListeners,
  passwords: KafkaPasswords,
  keyStore?: KafkaKeyStore,
): string {
  const openAt = (openPort: number | undefined): string =>
    openPort === undefined ? '' : `,OPEN://127.0.0.1:${openPort}`;
  const properties: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'LOGIN',
    'listener.security.protocol.map': `LOGIN:SASL_${keyStore === undefined ? 'PLAINTEXT' : 'SSL'},OPEN:PLAINTEXT,CONTROLLER:SASL_PLAINTEXT`,
    listeners: `LOGIN://${login.listen},CONTROLLER://127.0.0.1:${controllerPort}${openAt(open?.port)}`,
    'advertised.listeners': `LOGIN://${login.advertised}${openAt(open?.advertisedPort)}`,
    ...logins(passwords),
    ...(keyStore !== undefined && scramLogins()),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': open === undefined ? 'User:admin' : 'User:admin;User:ANONYMOUS',
    ...(keyStore !== undefined && encryption(keyStore)),
    'log.dirs': logFolder,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    // A lone developer's consumers need not wait for others to join their group.
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 16_777_216,
  };
  return linesOf(properties);
}

/** For Kafka's own tools, run by the admin. */
export function adminProperties({ admin }: KafkaPasswords): string {
  return linesOf({
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'PLAIN',
    'sasl.jaas.config': `${loginModule} required username="admin" password="${admin}";`,
  });
}

const loginModule = 'org.apache.kafka.common.security.plain.PlainLoginModule';

function linesOf(properties: Readonly<Record<string, string | number>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** PLAIN, because the passwords are then settings like any other: known from the first start, and after they change. */
function logins(passwords: KafkaPasswords): Record<string, string> {
  const users = Object.entries(passwords).map(([user, password]) => `user_${user}="${password}"`);
  const module = `${loginModule} required username="admin" password="${passwords.admin}" ${users.join(' ')};`;
  return {
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.login.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.login.plain.sasl.jaas.config': module,
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': module,
  };
}

/** By SCRAM, too, where the broker is encrypted as in production. Its users are made when the data folder is. */
export const scramMechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];

function scramLogins(): Record<string, string> {
  const logins = scramMechanisms.map((mechanism) => [
    `listener.name.login.${mechanism.toLowerCase()}.sasl.jaas.config`,
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  ]);
  return {
    'listener.name.login.sasl.enabled.mechanisms': ['PLAIN', ...scramMechanisms].join(','),
    ...(Object.fromEntries(logins) as Record<string, string>),
  };
}

function encryption({ file, password }: KafkaKeyStore): Record<string, string> {
  const stores = ['keystore', 'truststore'].flatMap((store) => [
    [`listener.name.login.ssl.${store}.type`, 'PKCS12'],
    [`listener.name.login.ssl.${store}.location`, file],
    [`listener.name.login.ssl.${store}.password`, password],
  ]);
  return Object.fromEntries(stores) as Record<string, string>;
}
