import { type Recorder } from '../recorder';
import { en, exhaustive, familyFirst } from './words';

/** Who spoke at the Weifang forum, in which capacity, and what they said, in reported speech. */
interface Speaker {
  ref: string;
  name: string;
  economy: string | null;
  posts: Record<string, unknown>[];
  role: string;
  mode?: string;
  said: string[];
}

const post = (title: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  title: en(title),
  tenure: 'present',
  ...more,
});

const speakers: Speaker[] = [
  {
    ref: 'ban-ki-moon',
    name: 'Ban Ki-moon',
    economy: null,
    posts: [
      { title: en('Secretary-General of the United Nations'), ordinal: 8, tenure: 'former', asReported: 'the eighth' },
      post('Chairman of the Boao Forum for Asia'),
    ],
    role: 'openingSpeaker',
    said: [
      'Prospects for cooperation among the three nations are promising',
      'Collaboration within the frameworks of ASEAN and the trilateral dialogues has to be institutionalised',
      'Business and culture should be exchanged more deeply on platforms such as the forum and the exposition, so that a new era begins in which the region prospers',
    ],
  },
  {
    ref: 'ren-hongbin',
    name: 'Ren Hongbin',
    economy: 'CN',
    posts: [post('President of the China Council for the Promotion of International Trade')],
    role: 'speaker',
    mode: 'video',
    said: [
      'Cooperation of the three is 25 years old, and has achieved much in economy and trade',
      'The council will connect government and business better and make cooperation within and without leaner, so that economic ties of all three reach a new level',
    ],
  },
  {
    ref: 'zhou-liwei',
    name: 'Zhou Liwei',
    economy: 'CN',
    posts: [post('Deputy Governor of Shandong Province')],
    role: 'speaker',
    said: [
      'The province has lately worked more closely with Japan and South Korea, in several sectors',
      'Local governments, scholars, associations of trade and founders of companies need the forum to become better friends and to exchange more',
      'The aim is to advance industrial cooperation, enhance trade and exchange cultures, for higher levels of mutual benefit',
    ],
  },
  {
    ref: 'lee-hee-seop',
    name: 'Lee Hee-seop',
    economy: null,
    posts: [post('Secretary-General of the China-Japan-Korea Cooperation Secretariat')],
    role: 'speaker',
    said: [
      'Forum and exposition have become critical international events for exchanges among local governments and enterprises of the three countries',
      'It will make contact easier, and development in Shandong and Weifang better',
      'The secretariat will go on building bridges for win-win cooperation with Shandong, Weifang and associated economic and trade organisations',
    ],
  },
  {
    ref: 'liu-yun',
    name: 'Liu Yun',
    economy: 'CN',
    posts: [post('Secretary of the Weifang Municipal Committee of the Communist Party of China')],
    role: 'speaker',
    said: [
      'The city has a strong agricultural foundation, a robust industrial base, advanced educational resources, an open environment and a rich cultural heritage',
      'The event is hoped to strengthen friendships and partnerships with all guests, for a share in new development opportunities and a bright common future',
    ],
  },
];

export async function weifangSpeakers(record: Recorder, eventId: string, sources: unknown[]): Promise<void> {
  for (const { ref, name, economy, posts, role, mode, said } of speakers) {
    const personId = await record.record('people', ref, { name: familyFirst(name), economy, posts, sources });
    await record.record(`events/${eventId}/participations`, `cjk-forum-2024-${ref}`, {
      personId,
      role,
      posts,
      side: economy,
      ...(mode === undefined ? {} : { mode }),
      sources,
    });
    for (const [index, text] of said.entries()) {
      await record.record(`events/${eventId}/statements`, `cjk-forum-2024-${ref}-${index + 1}`, {
        personId,
        speaker: { person: familyFirst(name), post: posts[0]?.title },
        form: 'indirect',
        text: en(text),
        position: index + 1,
        sources,
      });
    }
  }
}

/** What two of the speakers undertook for those they head: pledges, since nobody else is bound by them. */
export async function weifangPledges(record: Recorder, eventId: string, sources: unknown[]): Promise<void> {
  const pledge = (name: string, economy: string | null, text: string): Record<string, unknown> => ({
    text: en(text),
    modality: 'will',
    responsible: exhaustive([{ name: en(name), economy, role: 'responsible' }]),
    eventId,
    historical: true,
    sources,
  });
  const council = 'China Council for the Promotion of International Trade';
  const connect =
    'Connect government and business better, streamline cooperation within and without, and foster a new level';
  await record.record('commitments', 'ccpit-connections', {
    ...pledge(council, 'CN', connect),
    beneficiaries: exhaustive([{ economy: 'CN' }, { economy: 'JP' }, { economy: 'KR' }]),
    speaker: { person: familyFirst('Ren Hongbin'), post: en(`President of the ${council}`) },
  });
  const secretariat = 'China-Japan-Korea Cooperation Secretariat';
  const bridges = 'Go on building bridges for win-win cooperation with Shandong, Weifang and associated organisations';
  await record.record('commitments', 'secretariat-bridges', {
    ...pledge(secretariat, null, bridges),
    speaker: { person: familyFirst('Lee Hee-seop'), post: en(`Secretary-General of the ${secretariat}`) },
  });
}
