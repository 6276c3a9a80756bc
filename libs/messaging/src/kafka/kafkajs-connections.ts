/* eslint-disable @typescript-eslint/no-require-imports -- the class is internal to kafkajs and has no types */

interface Connection {
  chunks: readonly Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  isConnected(): boolean;
  connect(this: Connection): Promise<unknown>;
}

/** What stands before each answer says how long it is. */
const LENGTH_BYTES = 4;

const { prototype } = require('kafkajs/src/network/connection') as { prototype: Connection };
// eslint-disable-next-line @typescript-eslint/unbound-method -- called on its object below
const connect = prototype.connect;

/**
 * kafkajs 2.2.4 keeps the first part of an answer that was cut off, and takes what comes over the next connection for the
 * rest of it. From then on it understands nothing on that connection, which lives on: requests only run out of time.
 */
prototype.connect = function (): Promise<unknown> {
  if (!this.isConnected()) {
    Object.assign(this, { chunks: [], bytesBuffered: 0, bytesNeeded: LENGTH_BYTES });
  }
  return connect.call(this);
};
