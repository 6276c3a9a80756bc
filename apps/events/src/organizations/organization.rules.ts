import { type Problem } from '@expo-accord/values';

interface Identifier {
  scheme: string;
  value: string;
}

/** Identifiers that cannot be anybody's. Of most schemes only the issuer can tell; an LEI carries its own check. */
export function impossibleIdentifiers(identifiers: readonly Identifier[] = []): Problem[] {
  return identifiers.flatMap(({ scheme, value }, index) => {
    if (scheme !== 'lei' || isLei(value)) return [];
    const detail = 'An LEI has 18 letters or digits and two check digits that fit them (ISO 17442).';
    return [{ pointer: `/identifiers/${index}/value`, code: 'lei-invalid', detail }];
  });
}

/** ISO 7064 MOD 97-10, every letter read as a number from 10 to 35. */
function isLei(value: string): boolean {
  if (!/^[\dA-Z]{18}\d{2}$/.test(value)) return false;
  const digits = value.replaceAll(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}
