const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
require('reflect-metadata');

const contexts = new WeakSet();
const { compileFunction } = vm;

/** jest compiles what it loads for the context that it asks the environment for; that of its own process has no object. */
vm.compileFunction = (code, parameters, options) => {
  const isOurs = contexts.has(options?.parsingContext);
  return compileFunction(code, parameters, isOurs ? { ...options, parsingContext: undefined } : options);
};

/**
 * Runs a spec in the realm of the process instead of one of its own, so that the `Error` and `Date` of packages that specs
 * share are those of the spec.
 */
module.exports = class OneRealmEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    contexts.add(this.context);
    this.global = globalThis;
    this.moduleMocker = new this.moduleMocker.constructor(globalThis);
    this.fakeTimersModern = new this.fakeTimersModern.constructor({ config: config.projectConfig, global: globalThis });
  }
};
