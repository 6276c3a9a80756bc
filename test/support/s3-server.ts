import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { S3mini } from 's3mini';
import { LocalProcess } from '../../deploy/local/local-process';
import { mavenJars } from '../../deploy/local/maven-jars';
import { claimPort } from '../../deploy/local/ports';
import { waitFor } from '../../deploy/local/waiting';

export interface S3Server {
  /** Of its one bucket. */
  url: string;
  accessKeyId: string;
  secretAccessKey: string;
  process: LocalProcess;
  stop(): Promise<void>;
}

/** S3Proxy, which checks signatures and knows uploads in parts, on a folder of its own. */
export async function startS3Server(): Promise<S3Server> {
  const jars = mavenJars({ what: 'the S3 server of the tests', name: 's3proxy-2.6.0', pom: 'test/support/s3/pom.xml' });
  const folder = await mkdtemp(join(tmpdir(), 'expo-accord-s3-'));
  const port = await claimPort('S3');
  const [accessKeyId, secretAccessKey] = ['tests', randomBytes(16).toString('hex')];
  // There a bucket is a folder.
  mkdirSync(join(folder, 'data', 'documents'), { recursive: true });
  writeFileSync(join(folder, 'logback.xml'), '<configuration><root level="WARN"/></configuration>');
  const properties = join(folder, 's3proxy.properties');
  const settings = {
    's3proxy.endpoint': `http://127.0.0.1:${port}`,
    's3proxy.authorization': 'aws-v4',
    's3proxy.identity': accessKeyId,
    's3proxy.credential': secretAccessKey,
    'jclouds.provider': 'filesystem',
    'jclouds.identity': 'unused',
    'jclouds.credential': 'unused',
    'jclouds.filesystem.basedir': join(folder, 'data'),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(properties, lines.join(''), { mode: 0o600 });
  const process = await LocalProcess.start({
    name: 'S3',
    command: 'java',
    args: [
      ...[
        '-Xmx256m',
        '-XX:TieredStopAtLevel=1',
        '-XX:+UseSerialGC',
        `-Dlogback.configurationFile=${join(folder, 'logback.xml')}`,
        '-cp',
        [join(jars, '*')].join(delimiter),
      ],
      ...['org.gaul.s3proxy.Main', '--properties', properties],
    ],
    logFile: join(folder, 's3.log'),
  });
  const stop = async (): Promise<void> => {
    await process.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/documents`;
  const bucket = new S3mini({ endpoint: url, region: 'us-east-1', accessKeyId, secretAccessKey });
  try {
    await waitFor('S3 starting', () => bucket.bucketExists().then((exists) => (exists ? true : undefined)), {
      timeoutMs: 90_000,
      givenUp: () => process.epitaph(),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, accessKeyId, secretAccessKey, process, stop };
}
