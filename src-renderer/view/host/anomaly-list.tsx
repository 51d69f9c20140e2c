// What was unusual of late, newest first. Each row leads to its evidence.
import { useState } from 'react';
import type { HostAnomaly } from '../../../src-preload/contract.ts';
import { quantity } from '../../format.ts';
import { hrefOf } from '../../route.ts';
import { visibleText } from '../../visible-text.ts';
import { HOST_SIGNS } from '../../words.ts';
import { SignWord } from '../sign.tsx';
import { Ago } from '../time.tsx';
import { useNowMs } from '../use-now.ts';

const SHOWN = 5;

interface AnomalyLinkProps {
  readonly anomaly: HostAnomaly;
  readonly nowMs: number;
  readonly chosen?: boolean;
}

export const AnomalyLink = ({ anomaly, nowMs, chosen = false }: AnomalyLinkProps) => (
  <li className="event">
    <a
      className="event-link"
      href={hrefOf({ page: 'host', anomaly: anomaly.id })}
      aria-current={chosen ? 'true' : undefined}
    >
      <span className="event-head">
        <SignWord sign={HOST_SIGNS[anomaly.severity]} />
        <span className="quiet event-time">
          <Ago atMs={anomaly.ts} nowMs={nowMs} />
        </span>
      </span>
      <span>{visibleText(anomaly.sentence)}</span>
    </a>
  </li>
);

interface AnomalyListProps {
  /** null: not known yet. */
  readonly anomalies: readonly HostAnomaly[] | null;
  readonly chosen: number | null;
}

export function AnomalyList({ anomalies: known, chosen }: AnomalyListProps) {
  const anomalies = known ?? [];
  const [shown, setShown] = useState(SHOWN);
  const nowMs = useNowMs();
  const left = anomalies.length - shown;
  return (
    <section className="panel list" aria-labelledby="anomalies-title">
      <h2 id="anomalies-title">Unusual in the last 7 days</h2>
      {anomalies.length === 0 && (
        <p className="quiet">
          {known === null
            ? 'Reading what was unusual.'
            : 'Nothing. What is unusual for this machine is listed here with its evidence, and marked on the charts.'}
        </p>
      )}
      <ol className="plain">
        {anomalies.slice(0, shown).map((anomaly) => (
          <AnomalyLink key={anomaly.id} anomaly={anomaly} nowMs={nowMs} chosen={anomaly.id === chosen} />
        ))}
      </ol>
      {left > 0 && (
        <button type="button" className="button minor" onClick={() => setShown(shown + 20)}>
          Show more ({quantity(left)} left)
        </button>
      )}
    </section>
  );
}
