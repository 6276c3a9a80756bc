/** A code, or the name of a list, in English, Chinese, Korean and Japanese. */
export type CodeLine = readonly [code: string, en: string, zh: string, ko: string, ja: string];
