// ES-module-only packages that jest has to transform, because it cannot require() them.
const esmOnly = [
  '@nestjs',
  'uuid',
  'jose',
  'lru-cache',
  'edtf',
  'nodemailer',
  'postal-mime',
  'cookie',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  's3mini',
  'content-disposition',
  '@seriousme',
  // Not one of those, but it calls import(), which jest without flags only knows in what it transformed.
  '@opentelemetry/otlp-exporter-base',
];

const swc = (parser) => [
  '@swc/jest',
  {
    jsc: { parser, target: 'es2023', transform: { legacyDecorator: true, decoratorMetadata: true } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata'],
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
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
