import { readFileSync } from 'node:fs';
import { settings as agreements } from '../../apps/agreements/src/config';
import { settings as events } from '../../apps/events/src/config';
import { settings as gateway } from '../../apps/gateway/src/config';
import { settings as notifications } from '../../apps/notifications/src/config';
import { settings as registrations } from '../../apps/registrations/src/config';
import { serviceNames } from '../../deploy/local/services';
import { settingsPage } from '../../deploy/reference/settings-page';

const settings = { agreements, events, gateway, notifications, registrations };

describe('the reference of settings', () => {
  it('says what the services read (npm run docs:settings writes it anew)', () => {
    const services = serviceNames.map((service) => ({ service, spec: settings[service] }));
    expect(readFileSync('deploy/SETTINGS.md', 'utf8')).toBe(settingsPage(services));
  });
});
