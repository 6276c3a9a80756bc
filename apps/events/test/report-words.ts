import { type Inference, type LocalizedText, type PartialList, type Quantity } from '@expo-accord/values';

/** Short ways to write what reports say. */
export const en = (text: string): LocalizedText => ({ original: 'en', texts: { en: text } });
export const inferred = (part: string, because: string): Inference[] => [{ part, because }];
export const many = (value: string, unit: string): Quantity => ({ qualifier: 'exact', value, unit });
export const all = <T>(...items: T[]): PartialList<T> => ({ items, completeness: 'exhaustive' });
export const some = <T>(...items: T[]): PartialList<T> => ({ items, completeness: 'illustrative' });
