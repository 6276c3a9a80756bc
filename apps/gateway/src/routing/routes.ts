export const upstreams = ['events', 'registrations', 'agreements', 'notifications'] as const;
export type Upstream = (typeof upstreams)[number];
export type Owner = Upstream | 'gateway';

/** Owner of each path by its first step below `/v1`. */
const owners: Readonly<Record<string, Owner>> = {
  series: 'events',
  events: 'events',
  participations: 'events',
  sessions: 'events',
  statements: 'events',
  figures: 'events',
  organizations: 'events',
  people: 'events',
  places: 'events',
  'place-relationships': 'events',
  zones: 'events',
  'code-lists': 'events',
  registrations: 'registrations',
  registrants: 'registrations',
  delegations: 'registrations',
  imports: 'registrations',
  invitations: 'registrations',
  quotas: 'registrations',
  'ticket-categories': 'registrations',
  'check-ins': 'registrations',
  agreements: 'agreements',
  amendments: 'agreements',
  renewals: 'agreements',
  'outcome-documents': 'agreements',
  commitments: 'agreements',
  assessments: 'agreements',
  documents: 'agreements',
  projects: 'agreements',
  'project-imports': 'agreements',
  'agreement-imports': 'agreements',
  statistics: 'agreements',
  register: 'agreements',
  'webhook-endpoints': 'notifications',
  feed: 'notifications',
  stream: 'notifications',
  templates: 'notifications',
  deliveries: 'notifications',
  keys: 'gateway',
  tenant: 'gateway',
};

/** What of an event belongs to the registrations service, by the step behind the event's id. */
const registrationsOfEvents = new Set([
  'registrations',
  'registration-form',
  'registration-settings',
  'invitations',
  'delegations',
  'availability',
  'imports',
  'check-ins',
  'breakdown',
  'ticket-categories',
  'quotas',
  'retention',
  'readmissions',
]);

/** What anybody may read without a key, in the place where the world looks for it. */
export const publicPaths: Readonly<Record<string, Upstream>> = { '/.well-known/jwks.json': 'registrations' };

const sameUnencoded = /^[\w.~{}:@!$&'()*+,;=-]*$/;

/**
 * Who answers a path (without its query). Undefined for an unknown one, and for one with dots or encoded characters,
 * which a service might read as another path than the gateway did.
 */
export function ownerOf(path: string): Owner | undefined {
  if (Object.hasOwn(publicPaths, path)) return publicPaths[path];
  const steps = path.split('/').slice(1);
  if (steps.some((step) => step === '.' || step === '..' || !sameUnencoded.test(step))) return undefined;
  const [version, resource, , below] = steps;
  if (version !== 'v1' || resource === undefined || !Object.hasOwn(owners, resource)) return undefined;
  if (resource === 'events' && below !== undefined && registrationsOfEvents.has(below)) return 'registrations';
  return owners[resource];
}
