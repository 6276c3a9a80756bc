/** What an event must say before it can be published, in the fewest words. */
export const publishable = {
  date: { edtf: '2030' },
  venue: { economy: 'KR' },
  hosts: {
    completeness: 'exhaustive',
    items: [{ name: { original: 'en', texts: { en: 'Port of Incheon' } } }],
  },
};
