// The trust score. In: the last snapshot. Out: an arc from 0 to 100 with the band around the score, the number, the state.
import { duration, score } from '../format.ts';
import type { Snapshot } from '../../src-preload/contract.ts';
import { useDashboard } from '../state.ts';
import { gaugeLabel, STATE_SIGNS } from '../words.ts';
import { ShapeIcon } from './icons.tsx';
import { useIsLive } from './use-now.ts';

/** Three quarters of a circle, open below; its length counts as 100, so that a dash is as long as a score. */
const ARC = 'M 37.57 162.43 A 88.3 88.3 0 1 1 162.43 162.43';

interface PartProps {
  readonly className: string;
  readonly from: number;
  readonly to: number;
}

/** `from` and `to` on the scale of the score. */
const ArcPart = ({ className, from, to }: PartProps) => (
  <path className={className} d={ARC} pathLength={100} strokeDasharray={`${to - from} 200`} strokeDashoffset={-from} />
);

function Dial({ snapshot }: { readonly snapshot: Snapshot | null }) {
  const { trust, low, high } = snapshot ?? { trust: null, low: null, high: null };
  return (
    <svg className="dial" viewBox="0 0 200 176" role="img" aria-label={gaugeLabel(snapshot)}>
      <path className={trust === null ? 'dial-track empty' : 'dial-track'} d={ARC} />
      {low !== null && high !== null && high > low && <ArcPart className="dial-band" from={low} to={high} />}
      {trust !== null && trust > 0 && <ArcPart className="dial-value" from={0} to={trust} />}
      <text className={trust === null ? 'dial-score unknown' : 'dial-score'} x="100" y="118">
        {score(trust)}
      </text>
      <text className="dial-unit" x="100" y="142">
        {trust === null ? 'no score yet' : 'trust of 100'}
      </text>
    </svg>
  );
}

function StateLine({ snapshot }: { readonly snapshot: Snapshot }) {
  const { word, shape } = STATE_SIGNS[snapshot.state];
  return (
    <p className="state-line">
      <span className="state-word">
        <ShapeIcon shape={shape} />
        {word}
      </span>
      <span className="quiet">for {duration(snapshot.atMs - snapshot.sinceMs)}</span>
    </p>
  );
}

const underline = ({ trust, low, high, paused }: Snapshot, live: boolean): string => {
  if (paused !== null) return 'Paused';
  if (!live) return 'Last known, not live';
  if (trust === null) return 'A score comes after learning.';
  return low === null || high === null ? '' : `Most likely ${score(low)} to ${score(high)}`;
};

export function Gauge() {
  const snapshot = useDashboard((known) => known.snapshot);
  const live = useIsLive();
  const tone = snapshot === null || !live ? 'quiet' : STATE_SIGNS[snapshot.state].tone;
  return (
    <section className={`panel gauge tone-${tone}`} aria-label="Trust">
      <Dial snapshot={snapshot} />
      {snapshot === null ? <p className="state-line quiet">Nothing received yet</p> : <StateLine snapshot={snapshot} />}
      <p className="gauge-note quiet">{snapshot === null ? '' : underline(snapshot, live)}</p>
    </section>
  );
}
