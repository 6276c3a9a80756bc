/**
 * A text as names are compared, in SQL: in whatever width, case or composition it was written, without the accents of Latin
 * letters, and without the gaps that one writer sets and another does not (`Kim Minsu` finds Kim Min-su). Both sides are
 * folded by this alone. With a collation of ICU, because the database's own need not know letters beyond ASCII.
 */
function folded(text: string): string {
  const lower = `lower(normalize(${text}, NFKC) COLLATE "und-x-icu")`;
  const plain = `regexp_replace(normalize(${lower}, NFD), '([a-z])[\\u0300-\\u036f]+', '\\1', 'g')`;
  return `regexp_replace(normalize(${plain}, NFC), '[[:space:][:punct:]]+', '', 'g')`;
}

/**
 * SQL over `p` (registrant): whether its person or organisation is called so, in any of its writings. Read through without
 * an index, so that signing up pays nothing for it: an event of 100,000 takes a second or two.
 * @param query the parameter with a part of the name; one that has no letter in it finds nobody
 */
export function isCalled(query: string): string {
  const writings = `SELECT value FROM jsonb_each_text(p.name -> 'texts')
    UNION ALL SELECT p.name ->> 'romanized' UNION ALL SELECT p.organization_name`;
  return `EXISTS (SELECT 1 FROM (${writings}) AS written (text)
    WHERE position(nullif(${folded(`${query}::text`)}, '') IN ${folded('written.text')}) > 0)`;
}
