// Who may import whom. test/architecture/dependency-rules.spec.ts plants a violation of each rule and sees it caught.

/** Specs, and what only they use. */
const specs = ['\\.spec\\.ts$', '^(apps|libs)/[^/]+/test/'];
const ours = '^(apps|libs|deploy|test)/';

/** A lib may import only the named libs of ours; its specs may also use what test/support offers. */
const libImportsOnly = (lib, ...allowed) => ({
  name: `${lib}-imports-only-${allowed.length === 0 ? 'npm-packages' : allowed.join('-')}`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: '^libs/', pathNot: `^libs/(${[lib, ...allowed].join('|')})/` },
});

/** A pure lib may import only the named packages, and no framework. */
const libUsesOnly = (lib, ...packages) => ({
  name: `${lib}-is-pure`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: specs },
  to: { path: 'node_modules/', pathNot: `node_modules/(${packages.join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'app-never-imports-app',
      comment: 'Services tell each other only through Kafka topics.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-and-deploy-never-import-apps',
      comment: 'Libs are below the apps; deploy runs what was built of them.',
      severity: 'error',
      from: { path: '^(libs|deploy)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'libs-never-import-deploy',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: specs },
      to: { path: '^deploy/' },
    },
    {
      name: 'only-specs-import-test',
      severity: 'error',
      from: { path: '^(apps|libs|deploy)/', pathNot: specs },
      to: { path: '^test/' },
    },
    libImportsOnly('values'),
    libUsesOnly('values', '@sinclair/typebox', 'edtf', 'decimal\\.js', 'language-subtag-registry'),
    libImportsOnly('contracts', 'values'),
    libUsesOnly('contracts', '@sinclair/typebox'),
    libImportsOnly('settings'),
    libImportsOnly('observability'),
    libImportsOnly('database', 'settings', 'observability'),
    libImportsOnly('messaging', 'contracts', 'values', 'database', 'observability', 'settings'),
    libImportsOnly('http', 'values', 'database', 'observability', 'settings'),
    {
      name: 'libs-only-through-index',
      severity: 'error',
      from: { path: '^([^/]+/[^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/'] },
    },
    {
      name: 'controller-and-consumer-decide-nothing',
      comment: 'They hand over to a service, which alone knows rules and rows; naming their types is harmless.',
      severity: 'error',
      from: { path: '^apps/.+\\.(controller|consumer)\\.ts$' },
      to: { path: '\\.(rules|entity)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-controller-or-consumer',
      comment: 'They are the outermost layer of a feature; only its module and what starts the app list them.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/[^/]+/', pathNot: ['\\.(module|spec)\\.ts$', '\\.(controller|consumer)\\.ts$'] },
      to: { path: '\\.(controller|consumer)\\.ts$' },
    },
    {
      name: 'rules-and-entities-know-no-service',
      severity: 'error',
      from: { path: '\\.(rules|entity|errors)\\.ts$' },
      to: { path: '\\.(service|module)\\.ts$' },
    },
    {
      name: 'rules-do-no-io',
      comment: 'Rules are pure decisions: tested without a database, a broker or a clock.',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: {
        path: [
          '^libs/(database|messaging|http|observability|settings)/',
          'node_modules/(@nestjs|@opentelemetry|typeorm|pg|kafkajs|fastify|@fastify|undici|nodemailer|class-validator|class-transformer|rxjs)/',
          '^(node:)?(fs|fs/promises|net|tls|http|https|http2|dns|dns/promises|dgram|child_process|worker_threads|cluster)$',
          '\\.entity\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'kafka-client-behind-one-port',
      comment: 'kafkajs is no longer maintained: another client must be able to take its place.',
      severity: 'error',
      from: { path: ours, pathNot: ['^libs/messaging/', '^test/', ...specs] },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'telemetry-sdk-in-one-place',
      comment: 'Everything else uses the API alone, which costs nothing when telemetry is off.',
      severity: 'error',
      from: { path: ours, pathNot: ['^libs/observability/', ...specs] },
      to: { path: 'node_modules/@opentelemetry/(?!api/)' },
    },
    {
      name: 'no-development-package-in-production',
      comment: 'The container image installs no devDependencies.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: specs },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-package-that-is-not-declared',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'no-unresolvable-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
