import { Type, type Static } from '@sinclair/typebox';
import { checkLocalizedText, LocalizedText } from './localized-text';
import { checkPartialDate, PartialDate } from './partial-date';
import { checkPersonName, PersonName } from './person-name';
import { within, type Problem } from './problem';
import { Code } from './scalars';
import { closed, fits, nullable, shapeProblems } from './schema-check';

const Words = Type.String({ minLength: 1, maxLength: 2000 });

const speakerFields = {
  person: Type.Optional(nullable(PersonName)),
  post: Type.Optional(LocalizedText),
  organization: Type.Optional(Words),
};
const RecalledFurther = Type.Object(speakerFields);
const Recalled = Type.Object({ ...speakerFields, recalls: Type.Optional(RecalledFurther) });

/**
 * Who said it, maybe by post alone ("the head of the Asian Department": `person` null or left out). `recalls` is the one
 * whose words this speaker gives ("he recalled the words of ... when he said"), to a depth of three.
 */
export const Speaker = Type.Object({ ...speakerFields, recalls: Type.Optional(Recalled) });
export type Speaker = Static<typeof Speaker>;

/** Where a fact comes from. `kind` is open: `news`, `official`, `interpretation`... An unknown publication date is null. */
export const SourceRef = Type.Object({
  kind: Code,
  publisher: Type.Optional(Words),
  speaker: Type.Optional(Speaker),
  title: Type.Optional(Words),
  url: Type.Optional(Type.String({ format: 'uri', maxLength: 2000, description: 'an absolute URL' })),
  fileName: Type.Optional(Words),
  publishedOn: Type.Optional(nullable(PartialDate)),
  approvedBy: Type.Optional(Words),
  supportedBy: Type.Optional(Words),
  quotedPassage: Type.Optional(LocalizedText),
});
export type SourceRef = Static<typeof SourceRef>;

const strictSpeaker = closed(Speaker);
const strictSourceRef = closed(SourceRef);

/** Beyond the shape: somebody is named, by person, post or organisation; name and post are sound, at each depth. */
export function checkSpeaker(value: unknown): Problem[] {
  const problems = shapeProblems(strictSpeaker, value);
  return problems.length > 0 || !fits(strictSpeaker, value) ? problems : speakerProblems(value);
}

function speakerProblems({ person, post, organization, recalls }: Speaker): Problem[] {
  const named = [person, post, organization].some((given) => given !== undefined && given !== null);
  return [
    ...(named ? [] : [nobody]),
    ...within('/person', person ? checkPersonName(person) : []),
    ...within('/post', post ? checkLocalizedText(post) : []),
    ...within('/recalls', recalls ? speakerProblems(recalls) : []),
  ];
}

const nobody: Problem = {
  pointer: '',
  code: 'speaker-unnamed',
  detail: 'A speaker is named by person, post or organisation.',
};

/** Beyond the shape: everything in it is sound by its own check. */
export function checkSourceRef(value: unknown): Problem[] {
  const problems = shapeProblems(strictSourceRef, value);
  if (problems.length > 0 || !fits(strictSourceRef, value)) return problems;
  const { speaker, publishedOn, quotedPassage } = value;
  return [
    ...within('/speaker', speaker ? speakerProblems(speaker) : []),
    ...within('/publishedOn', publishedOn ? checkPartialDate(publishedOn) : []),
    ...within('/quotedPassage', quotedPassage ? checkLocalizedText(quotedPassage) : []),
  ];
}
