// What stands beside the pointer on a chart: trust, its band, the state and the time.
import { score } from '../../format.ts';
import type { ChartRow } from '../../history.ts';
import { bandText, STATE_SIGNS } from '../../words.ts';

interface TipProps {
  readonly timeText: (atMs: number) => string;
  /** These two come from the chart. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: ChartRow }[];
}

export function Tip({ timeText, active, payload }: TipProps) {
  const row = payload?.[0]?.payload;
  if (active !== true || row === undefined) return null;
  return (
    <div className="tip">
      <strong>{row.trust === null ? 'No score' : `Trust ${score(row.trust)}`}</strong>
      {row.band !== null && <span>{bandText(row.band[0], row.band[1])}</span>}
      <span className="quiet">
        {STATE_SIGNS[row.state].word}, {timeText(row.atMs)}
      </span>
    </div>
  );
}
