// One entry of the audit log in, by itself; what is wrong with it out, told as narrowly as its own columns allow.
import type { Cipher } from '../cipher.ts';
import { linkHash, sha256 } from './link.ts';
import type { EntryRow } from './log-rows.ts';
import { vouchedFor } from './vouch.ts';

export interface Wrong {
  readonly fault: 'changed' | 'inserted' | 'out-of-order';
  readonly text: string;
}

/** To find where an entry was moved from all numbers are tried, which is not done for thousands of them. */
const TRIED_AT_MOST = 20;

/**
 * @param cipher null: without the key.
 * @param numbers of all entries.
 * @returns a function of the entry, and of whether the log were whole without it; null where nothing is wrong.
 */
export function createInspector(
  cipher: Pick<Cipher, 'sign'> | null,
  numbers: () => readonly number[],
): (row: EntryRow, tooMuch: boolean) => Wrong | null {
  let tried = 0;

  function movedFrom(row: EntryRow): number | null {
    tried += 1;
    if (tried > TRIED_AT_MOST) return null;
    return numbers().find((seq) => linkHash({ ...row, seq }).equals(row.hash)) ?? null;
  }

  return (row, tooMuch) => {
    const changed = (what: string): Wrong => ({ fault: 'changed', text: `Entry ${row.seq} was changed: ${what}.` });
    const fits = linkHash(row).equals(row.hash);
    const from = fits ? null : movedFrom(row);
    if (from !== null)
      return { fault: 'out-of-order', text: `Entry ${row.seq} is out of order: it is entry ${from}, moved.` };
    if (cipher !== null) {
      const [kept, erased] = (['kept', 'erased'] as const).map((fate) => vouchedFor(cipher, row.hash, fate, row.code));
      if (kept !== true && erased !== true && tooMuch)
        return { fault: 'inserted', text: `Entry ${row.seq} was inserted: SecLyzer did not write it.` };
      if (kept !== true && erased !== true)
        return changed(fits ? 'SecLyzer did not write it so' : 'its hash is not one of SecLyzer');
      if (fits && row.body === null && erased !== true)
        return changed('what it said was taken out, and not by SecLyzer');
      if (fits && row.body !== null && kept !== true) return changed('what had been erased was put back');
    }
    if (!fits) return changed('its time, kind or place is not what it was');
    if (row.body !== null && !sha256(row.body).equals(row.digest))
      return changed('its sealed content is not what it was');
    return null;
  };
}
