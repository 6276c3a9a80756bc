const TOTAL = 270_000_000_000n;

/** Shares of the total that are all different and have fractions, and still add up to exactly it. */
function investments(count: number): string[] {
  const hundredths = TOTAL * 100n;
  const shares = Array.from({ length: count - 1 }, (_, at) => hundredths / BigInt(count) - BigInt(at * 7 + 1));
  const last = hundredths - shares.reduce((sum, share) => sum + share, 0n);
  return [...shares, last].map((share) => `${share / 100n}.${String(share % 100n).padStart(2, '0')}`);
}

/** Import lines of simulated projects, signed at the event, whose investment adds up to exactly CNY 270,000,000,000. */
export function linesOf(count: number, eventId: string, given: (at: number) => object = () => ({})): string {
  return investments(count)
    .map((value, at) =>
      JSON.stringify({
        externalRefs: [{ system: 'expo', id: `p-${at}` }],
        names: { original: 'zh', texts: { zh: `项目${at}`, en: `Project ${at}` } },
        industry: ['automobiles', 'newEnergyEquipment', 'modernServices'][at % 3],
        economies: ['CN', 'KR'],
        investment: { qualifier: 'exact', value, currency: 'CNY' },
        eventId,
        status: 'signed',
        signedOn: { edtf: '2023-11-30' },
        ...given(at),
      }),
    )
    .join('\n');
}
