import { ownerOf } from './routes';

const id = '01890000-0000-7000-8000-00000000abcd';

describe('the owner of a path', () => {
  it.each([
    ['/v1/series', 'events'],
    [`/v1/series/${id}/statistics`, 'events'],
    ['/v1/events', 'events'],
    [`/v1/events/${id}`, 'events'],
    [`/v1/events/${id}/publish`, 'events'],
    [`/v1/events/${id}/participations`, 'events'],
    ['/v1/code-lists/roles/codes', 'events'],
    ...['registrations', 'registration-form', 'availability', 'imports', 'check-ins', 'breakdown'].map((below) => [
      `/v1/events/${id}/${below}`,
      'registrations',
    ]),
    [`/v1/events/${id}/ticket-categories`, 'registrations'],
    [`/v1/events/${id}/quotas`, 'registrations'],
    [`/v1/events/${id}/retention`, 'registrations'],
    [`/v1/events/${id}/registration-settings`, 'registrations'],
    [`/v1/events/${id}/readmissions`, 'registrations'],
    [`/v1/events/${id}/invitations`, 'registrations'],
    [`/v1/invitations/${id}/revoke`, 'registrations'],
    ['/v1/registrants/erase', 'registrations'],
    [`/v1/registrations/${id}/cancel`, 'registrations'],
    [`/v1/check-ins/${id}`, 'registrations'],
    ['/.well-known/jwks.json', 'registrations'],
    [`/v1/imports/${id}/results`, 'registrations'],
    ['/v1/agreements', 'agreements'],
    ['/v1/projects/imports', 'agreements'],
    ...['project-imports', 'agreement-imports', 'amendments', 'renewals', 'assessments'].map((items) => [
      `/v1/${items}/${id}`,
      'agreements',
    ]),
    ['/v1/statistics', 'agreements'],
    [`/v1/webhook-endpoints/${id}/deliveries`, 'notifications'],
    ['/v1/feed', 'notifications'],
    [`/v1/register/${id}/agreements`, 'agreements'],
    ['/v1/keys', 'gateway'],
    ['/v1/tenant', 'gateway'],
  ])('%s is %s', (path, owner) => {
    expect(ownerOf(path)).toBe(owner);
  });

  it.each([
    '/',
    '/v1',
    '/v1/',
    '/v2/events',
    '/v1/nothing',
    '/v1/constructor',
    '/v1/events/../keys',
    '/v1/events/%2e%2e/keys',
    '/v1/events%2f1',
    '/v1/events/./1',
    '/.well-known/other.json',
  ])('%s has none', (path) => {
    expect(ownerOf(path)).toBeUndefined();
  });
});
