// Runs a TypeScript file of this repository in a plain Node process: `node run-typescript.cjs <file> [argument...]`. For specs that
// have to kill a process, which jest's own module system cannot provide.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '../..');
const resolveFilename = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  const [, library] = /^@expo-accord\/([^/]+)$/.exec(request) ?? [];
  return resolveFilename.call(this, library ? join(root, 'libs', library, 'src/index.ts') : request, ...rest);
};

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      target: 'es2023',
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};

// The program finds its arguments where it finds them when it was compiled.
process.argv.splice(1, 1);

require('reflect-metadata');
require(resolve(process.argv[1]));
