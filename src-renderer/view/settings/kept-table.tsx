// What is kept now, by part: how much it is, since when, and for how long it stays.
import type { UserSettings } from '../../../src-preload/contract.ts';
import { DATA_PARTS } from '../../../src-preload/contract.ts';
import { bytesWords, keptFor, PART_EFFECTS, PART_TITLES, sinceWords } from '../../kept-words.ts';
import type { Kept } from './use-kept.ts';

export const KeptTable = ({ kept, settings }: { readonly kept: Kept; readonly settings: UserSettings }) => (
  <div className="table-frame">
    <table className="kept" aria-label="What is stored, by part">
      <thead>
        <tr>
          <th scope="col">Stored</th>
          <th scope="col">Size</th>
          <th scope="col">Oldest</th>
          <th scope="col">Kept for</th>
        </tr>
      </thead>
      <tbody>
        {DATA_PARTS.map((part) => {
          const found = kept.data?.parts.find((one) => one.part === part);
          return (
            <tr key={part}>
              <th scope="row">
                {PART_TITLES[part]}
                <span className="quiet">{PART_EFFECTS[part]}</span>
              </th>
              <td>{found === undefined ? '—' : bytesWords(found.bytes)}</td>
              <td>{sinceWords(found?.sinceMs ?? null)}</td>
              <td>{keptFor(part, settings)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
    {kept.trouble !== null && <p className="trouble">{kept.trouble}</p>}
  </div>
);
