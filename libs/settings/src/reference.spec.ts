import { defineSettings, integer, port, settingsReference, text } from '.';

const everywhere = { DATABASE_URL: text({ desc: 'address of the database', secret: true }) };
const gateway = defineSettings({ ...everywhere, HTTP_PORT: port({ desc: 'port to listen on', default: 3000 }) });
const events = defineSettings({
  ...everywhere,
  HTTP_PORT: port({ desc: 'port to listen on', default: 3001 }),
  BATCH: integer({ desc: 'size | weight', default: 5 }),
});

describe('the reference of settings', () => {
  it('says once what is the same everywhere, and by service what differs', () => {
    expect(
      settingsReference([
        { service: 'gateway', spec: gateway },
        { service: 'events', spec: events },
      ]),
    ).toBe(
      [
        '## Every service',
        '',
        '| Setting | Meaning | Value | Default |',
        '| --- | --- | --- | --- |',
        '| `DATABASE_URL` or `DATABASE_URL_FILE` | address of the database | text | required |',
        '',
        '## gateway',
        '',
        '| Setting | Meaning | Value | Default |',
        '| --- | --- | --- | --- |',
        '| `HTTP_PORT` | port to listen on | a whole number from 0 up to 65535 | `3000` |',
        '',
        '## events',
        '',
        '| Setting | Meaning | Value | Default |',
        '| --- | --- | --- | --- |',
        '| `BATCH` | size \\| weight | a whole number | `5` |',
        '| `HTTP_PORT` | port to listen on | a whole number from 0 up to 65535 | `3001` |',
        '',
      ].join('\n'),
    );
  });
});
