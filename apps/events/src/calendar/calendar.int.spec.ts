import { publishableEvent } from '../../test/publishable-event';
import { en } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

describe('calendars', () => {
  const { call, enter: entered, service } = oneCaller();

  const seoul = (local: string): object => ({ local, zone: 'Asia/Seoul' });
  /** The properties of each entry by its UID, with folded lines joined. */
  const read = async (path: string, headers: Record<string, string> = {}): Promise<Map<string, string[]>> => {
    const { status, text, headers: answered } = await call('GET', path, undefined, headers);
    expect([status, answered['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n[^]*END:VCALENDAR$/);
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    const entries = text.replaceAll('\r\n ', '').split('\r\nBEGIN:VEVENT\r\n').slice(1);
    const lines = entries.map((entry) => entry.split('\r\nEND:VEVENT')[0]?.split('\r\n') ?? []);
    return new Map(lines.map((entry) => [entry.find((line) => line.startsWith('UID:'))?.slice(4) ?? '', entry]));
  };

  it('show the programme of an event with its parts, under UIDs that stay, and say what is cancelled', async () => {
    const names = { original: 'zh', texts: { zh: '论坛', en: 'Forum; with, all\r\nBEGIN:VEVENT' } };
    const forum = await entered('/v1/events', publishableEvent('', { names, endsAt: seoul('2030-05-02T18:00') }));
    const within = { kind: 'ceremony', parentId: forum };
    const opening = await entered('/v1/events', { ...within, names: en('Opening'), date: { edtf: '2030-05-01' } });
    const draft = await entered('/v1/events', { ...within, names: en('Gala'), date: { edtf: '2030-05-02' } });
    const session = { names: en('Panel '.repeat(30)), kind: 'panel', room: en('Room 2') };
    const panel = await entered(`/v1/events/${forum}/sessions`, {
      ...session,
      startsAt: seoul('2030-05-01T14:00'),
      endsAt: seoul('2030-05-01T15:30'),
    });
    const vague = await entered(`/v1/events/${opening}/sessions`, { ...session, date: { edtf: '2030' } });
    for (const id of [forum, opening]) await call('POST', `/v1/events/${id}/publish`);
    const path = `/v1/events/${forum}/calendar`;
    const before = await read(path, { 'accept-language': 'en' });
    expect([...before.keys()].sort()).toEqual([forum, opening, panel].sort());
    expect([before.has(draft), before.has(vague)]).toEqual([false, false]);
    expect(before.get(forum)).toEqual(
      expect.arrayContaining([
        'DTSTART:20300501T000000Z',
        'DTEND:20300502T090000Z',
        'SUMMARY:Forum\\; with\\, all\\nBEGIN:VEVENT',
        'LOCATION:Seoul\\, KR',
        'STATUS:CONFIRMED',
      ]),
    );
    expect(before.get(opening)).toEqual(
      expect.arrayContaining(['DTSTART;VALUE=DATE:20300501', 'DTEND;VALUE=DATE:20300502']),
    );
    expect(before.get(panel)).toEqual(
      expect.arrayContaining(['DTSTART:20300501T050000Z', 'LOCATION:Room 2\\, Seoul\\, KR']),
    );
    const { text } = await call('GET', path);
    expect(text).toContain('X-WR-CALNAME:论坛');
    await call('POST', `/v1/events/${forum}/cancel`);
    const after = await read(path);
    expect(after.get(forum)).toEqual(expect.arrayContaining(['STATUS:CANCELLED', 'SUMMARY:论坛']));
    expect(after.get(panel)).toContain('STATUS:CANCELLED');
    for (const id of [forum, panel]) {
      expect(sequenceOf(after.get(id))).toBeGreaterThan(sequenceOf(before.get(id)));
    }
  });

  it('show the editions of a series in the language of the reader', async () => {
    const names = { original: 'zh', texts: { zh: '系列', ko: '시리즈' } };
    const seriesId = await entered('/v1/series', { names, kind: 'forum' });
    const past = { seriesId, kind: 'forum', historical: true, names };
    const exact = await entered('/v1/events', { ...past, date: { edtf: '2024-10-17/2024-10-19' } });
    const planned = await entered('/v1/events', { ...past, status: 'planned', date: { edtf: '2031-10-17' } });
    await entered('/v1/events', { ...past, date: { edtf: '2016' } });
    await entered('/v1/events', publishableEvent('draft', { seriesId }));
    const shown = await read(`/v1/series/${seriesId}/calendar`, { 'accept-language': 'ko-KR' });
    expect([...shown.keys()].sort()).toEqual([exact, planned].sort());
    expect(shown.get(exact)).toEqual(
      expect.arrayContaining([
        'DTSTART;VALUE=DATE:20241017',
        'DTEND;VALUE=DATE:20241020',
        'SUMMARY:시리즈',
        'STATUS:CONFIRMED',
      ]),
    );
    expect(shown.get(planned)).toContain('STATUS:TENTATIVE');
  });

  it('are told to nobody else', async () => {
    const id = await entered('/v1/events', publishableEvent('Ours'));
    const other = await service().caller();
    expect((await other.call('GET', `/v1/events/${id}/calendar`)).status).toBe(404);
    const writer = await service().caller(other.tenantId, ['events:write']);
    expect((await writer.call('GET', `/v1/events/${id}/calendar`)).status).toBe(403);
  });
});

function sequenceOf(entry: string[] | undefined): number {
  return Number(entry?.find((line) => line.startsWith('SEQUENCE:'))?.slice(9));
}
