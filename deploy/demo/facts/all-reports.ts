import { changchunPromotionFacts } from './changchun-promotion.facts';
import { industrialParkMeetingFacts } from './industrial-park-meeting.facts';
import { jointCommitteeMeetingFacts } from './joint-committee-meeting.facts';
import { type ReportFacts } from './report-facts';
import { weifangForumFacts } from './weifang-forum.facts';
import { yanchengExpoFacts } from './yancheng-expo.facts';

/** Every fact of the five reports, in the order in which they are entered. */
export const factsOfReports: readonly ReportFacts[] = [
  industrialParkMeetingFacts,
  jointCommitteeMeetingFacts,
  changchunPromotionFacts,
  weifangForumFacts,
  yanchengExpoFacts,
];
