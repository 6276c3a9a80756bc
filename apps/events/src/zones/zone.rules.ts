import { type Problem, type Quantity } from '@expo-accord/values';

/** Amounts that are no money. */
export function amountsWithoutCurrency(catalogue?: { items: { amount?: Quantity | null }[] } | null): Problem[] {
  return (catalogue?.items ?? []).flatMap(({ amount }, index) => {
    if (!amount || amount.currency !== undefined) return [];
    const detail = 'An amount of money has a currency (ISO 4217), and no unit.';
    return [{ pointer: `/catalogue/items/${index}/amount/currency`, code: 'currency-missing', detail }];
  });
}
