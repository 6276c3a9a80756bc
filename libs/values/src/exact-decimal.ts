import { Decimal } from 'decimal.js';

/** Decimal arithmetic that never rounds what a `DecimalString` (60 characters) can hold, however many are added up. */
export const Exact = Decimal.clone({ precision: 200 });
export type Exact = Decimal;
