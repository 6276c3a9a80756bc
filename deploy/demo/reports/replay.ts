import { type ApiClient, type Json } from '../api-client';
import { factsOfReports } from '../facts/all-reports';
import { departures, factsOf, ownerOf, readAt } from '../facts/report-facts';
import { type Progress } from '../progress';
import { differences, Recorder } from '../recorder';
import { changchunPromotion } from './changchun-promotion';
import { industrialParkMeeting } from './industrial-park-meeting';
import { jointCommitteeMeeting } from './joint-committee-meeting';
import { weifangForum } from './weifang-forum';
import { yanchengExpo } from './yancheng-expo';

/** An item as it was sent, and as it came back. */
export interface ReplayedItem {
  entered: Json;
  answered: Json;
}

/** How many facts of one report there are, by the service that owns them. */
export interface FactCount {
  report: string;
  events: number;
  agreements: number;
}

export interface ReplayedReports {
  /** The series whose figures the last report gives. */
  yanchengSeriesId: string;
  /** By collection and reference: `events joint-committee-24`. */
  items: ReadonlyMap<string, ReplayedItem>;
  factCounts: FactCount[];
  /** What was entered and did not come back as it was, and facts that no answer states; nothing, when all is well. */
  differences: string[];
}

/** Enters the five reports, reads every item back, and finds every fact in what came back. */
export async function replayReports(api: ApiClient, progress: Progress): Promise<ReplayedReports> {
  const record = new Recorder(api, 'reports');
  await progress.step('Report: industrial park mechanism, Seoul', () => industrialParkMeeting(record));
  await progress.step('Report: 24th joint committee, Qingdao', () => jointCommitteeMeeting(record));
  await progress.step('Report: Changchun promotion conference, Beijing', () => changchunPromotion(record));
  await progress.step('Report: industrial cooperation forum, Weifang', () => weifangForum(record));
  const yanchengSeriesId = await progress.step('Report: expo in Yancheng', () => yanchengExpo(record));
  const items = new Map<string, ReplayedItem>();
  await progress.step('Every fact read back', async (report) => {
    for (const [index, { resource, ref, id, entered }] of record.facts.entries()) {
      report(index, record.facts.length);
      const collection = resource.split('/').at(-1) ?? resource;
      items.set(`${collection} ${ref}`, { entered, answered: await readBack(api, collection, id) });
    }
  });
  return { yanchengSeriesId, items, factCounts: counted(), differences: lostFacts(items) };
}

/** Items that were posted under another are read where all items are: at top level, by their id. */
function readBack(api: ApiClient, collection: string, id: string): Promise<Json> {
  return api.get(`/v1/${readAt(collection)}/${id}`);
}

function lostFacts(items: ReadonlyMap<string, ReplayedItem>): string[] {
  const changed = [...items].flatMap(([item, { entered, answered }]) => differences(entered, answered, item));
  const unstated = factsOfReports
    .flatMap(factsOf)
    .flatMap((fact) =>
      departures(fact, items.get(fact.item)?.answered).map(
        (departure) => `report ${fact.seed}, ${fact.at}, "${fact.fact}": ${fact.item}${departure}`,
      ),
    );
  return [...changed, ...unstated];
}

function counted(): FactCount[] {
  return factsOfReports.map((report) => {
    const facts = factsOf(report);
    const ofEvents = facts.filter((fact) => ownerOf(fact) === 'events').length;
    return { report: report.name, events: ofEvents, agreements: facts.length - ofEvents };
  });
}
