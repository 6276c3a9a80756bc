const services = ['events', 'registrations', 'agreements', 'notifications'];

/** Every scope that a key may have. */
export const allScopes: readonly string[] = [
  ...services.flatMap((service) => [`${service}:read`, `${service}:write`]),
  'registrations:import',
  'registrations:personal-data',
  'history:write',
  'keys:manage',
];

export const manageKeys = 'keys:manage';
