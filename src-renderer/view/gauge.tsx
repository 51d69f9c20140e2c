// The trust score. In: the last snapshot. Out: the dial with the state under it.
import { duration, score } from '../format.ts';
import type { Snapshot } from '../../src-preload/contract.ts';
import { useDashboard } from '../state.ts';
import { gaugeLabel, STATE_SIGNS } from '../words.ts';
import { Dial } from './dial.tsx';
import { ShapeIcon } from './icons.tsx';
import { useIsLive } from './use-now.ts';

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
      <Dial
        trust={snapshot?.trust ?? null}
        low={snapshot?.low ?? null}
        high={snapshot?.high ?? null}
        label={gaugeLabel(snapshot)}
      />
      {snapshot === null ? <p className="state-line quiet">Nothing received yet</p> : <StateLine snapshot={snapshot} />}
      <p className="gauge-note quiet">{snapshot === null ? '' : underline(snapshot, live)}</p>
    </section>
  );
}
