import { type ApiClient, type Json } from '../api-client';
import { type Progress } from '../progress';
import { differences, Recorder } from '../recorder';
import { changchunPromotion } from './changchun-promotion';
import { industrialParkMeeting } from './industrial-park-meeting';
import { jointCommitteeMeeting } from './joint-committee-meeting';
import { weifangForum } from './weifang-forum';
import { yanchengExpo } from './yancheng-expo';

export interface ReplayedReports {
  /** The series whose figures the last report gives. */
  yanchengSeriesId: string;
  factCount: number;
  /** What was entered and did not come back as it was; nothing, when all is well. */
  differences: string[];
}

/** Enters the five reports and reads every item back. */
export async function replayReports(api: ApiClient, progress: Progress): Promise<ReplayedReports> {
  const record = new Recorder(api, 'reports');
  await progress.step('Report: industrial park mechanism, Seoul', () => industrialParkMeeting(record));
  await progress.step('Report: 24th joint committee, Qingdao', () => jointCommitteeMeeting(record));
  await progress.step('Report: Changchun promotion conference, Beijing', () => changchunPromotion(record));
  await progress.step('Report: industrial cooperation forum, Weifang', () => weifangForum(record));
  const yanchengSeriesId = await progress.step('Report: expo in Yancheng', () => yanchengExpo(record));
  const found = await progress.step('Every fact read back', async (report) => {
    const different: string[] = [];
    for (const [index, fact] of record.facts.entries()) {
      report(index, record.facts.length);
      different.push(...differences(fact.entered, await readBack(api, fact), fact.ref));
    }
    return different;
  });
  return { yanchengSeriesId, factCount: record.facts.length, differences: found };
}

/** Items that were posted under another are read where all items are: at top level, by their id. */
function readBack(api: ApiClient, { resource, id }: { resource: string; id: string }): Promise<Json> {
  const collection = resource.split('/').at(-1) ?? resource;
  return api.get(`/v1/${collection === 'relationships' ? 'place-relationships' : collection}/${id}`);
}
