// The part of edtf 4 that we use; the package ships no types.
declare module 'edtf' {
  /** Milliseconds since 1970 UTC; infinite for an open end, null for an unknown one. */
  interface EdtfDate {
    readonly type: string;
    readonly min: number | null;
    readonly max: number | null;
  }
  /** @throws on anything that is not EDTF (ISO 8601-2). A string of five digits or more is read as Unix time. */
  export default function edtf(text: string): EdtfDate;
}
