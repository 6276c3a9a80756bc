// TypeScript is the only thing that jest transforms: installed packages are loaded by Node.
const typeScript = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      target: 'es2023',
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  runtime: '<rootDir>/test/runner/packages-once.runtime.cjs',
  testEnvironment: '<rootDir>/test/runner/one-realm.environment.cjs',
  transform: { '^.+\\.ts$': typeScript },
  moduleNameMapper: { '^@expo-accord/([^/]+)$': '<rootDir>/libs/$1/src' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  ...extra,
});

const onRealParts = {
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
  globalSetup: '<rootDir>/test/support/start-infrastructure.ts',
  globalTeardown: '<rootDir>/test/support/stop-infrastructure.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/longest-first.cjs',
  projects: [
    project('unit', ['<rootDir>/{apps,libs,deploy,test}/**/!(*.int|*.e2e).spec.ts']),
    project('integration', ['<rootDir>/{apps,libs,deploy,test}/**/*.int.spec.ts'], onRealParts),
    project('journeys', ['<rootDir>/test/**/*.e2e.spec.ts'], onRealParts),
  ],
};
