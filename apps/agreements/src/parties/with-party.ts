import { type AgreementContent } from '../agreements/agreement.entity';
import { type Party, PartyList } from './party.dto';

/** The content with the party at that place as it is now. */
export function withParty(content: AgreementContent, place: number, party: Party): AgreementContent {
  const items = content.parties.items.map((item, at) => (at === place ? party : item));
  return { ...content, parties: Object.assign(new PartyList(), content.parties, { items }) };
}
