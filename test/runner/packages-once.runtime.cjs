const { createRequire, isBuiltin } = require('node:module');
const { default: Runtime } = require('jest-runtime');

/** libs/messaging replaces functions inside of it, and its specs compare them with the original ones. */
const ownToEachSpec = /^kafkajs(\/|$)/;

/** Ours are loaded anew for each spec, and so are those that the spec itself brings. */
const isInstalled = (name) => !/^(\.|\/|@expo-accord\/|@jest\/)/.test(name) && !ownToEachSpec.test(name);

/**
 * Installed packages are loaded by Node, once in each worker: most of what a spec costs would be to load Nest and TypeORM
 * again. It also loads them as a service does, ES modules among them.
 */
module.exports = class PackagesOnceRuntime extends Runtime {
  requireModuleOrMock(from, name) {
    return isBuiltin(name) || isInstalled(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
};
