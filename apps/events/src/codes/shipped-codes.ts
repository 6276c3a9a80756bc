import { type LocalizedText } from '@expo-accord/values';
import { type CodeLine } from './code-line';
import { kindCodes } from './shipped-kinds';
import { metricCodes } from './shipped-metrics';
import { roleCodes } from './shipped-roles';

export interface ShippedList {
  names: LocalizedText;
  codes: { code: string; names: LocalizedText }[];
}

/** The first line of each list is the list's own name. */
const tables: readonly (readonly CodeLine[])[] = [...kindCodes, ...roleCodes, ...metricCodes];

export const shippedLists: ReadonlyMap<string, ShippedList> = new Map(
  tables.flatMap(([title, ...lines]) => {
    if (title === undefined) return [];
    const codes = lines.map((line) => ({ code: line[0], names: namesOf(line) }));
    return [[title[0], { names: namesOf(title), codes }] as const];
  }),
);

function namesOf([, en, zh, ko, ja]: CodeLine): LocalizedText {
  return { original: 'en', texts: { en, zh, ko, ja } };
}
