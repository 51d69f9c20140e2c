// The page “Now”: is it me, is anything wrong, what does it cost me, what should I do.
import { useEffect } from 'react';
import type { Snapshot } from '../../src-preload/contract.ts';
import { useDashboard } from '../state.ts';
import { linkSentence } from '../standing.ts';
import { BudgetStrip } from './budget-strip.tsx';
import { Enrolment } from './enrolment.tsx';
import { Gauge } from './gauge.tsx';
import { Lately } from './lately.tsx';
import { ModalityCard } from './modality-card.tsx';
import { Notices } from './notices.tsx';
import { TrustChart } from './trust-chart.tsx';
import { useIsLive } from './use-now.ts';
import { useRoute } from './use-route.ts';
import { Welcome } from './welcome.tsx';

function Story({ snapshot }: { readonly snapshot: Snapshot }) {
  const live = useIsLive();
  return (
    <section className="panel story" aria-label="What it means">
      <p className="sentence">
        {!live && snapshot.paused === null && <span className="quiet">Last known: </span>}
        {snapshot.sentence}
      </p>
      {snapshot.state === 'LEARNING' ? <Enrolment snapshot={snapshot} /> : <TrustChart />}
    </section>
  );
}

function Waiting() {
  const link = useDashboard((known) => known.link);
  const refusal = useDashboard((known) => known.refusal);
  const absence = useDashboard((known) => known.absence);
  return (
    <section className="panel story" aria-label="What it means">
      <p className="sentence">{linkSentence({ link, refusal, absence }, 0)}.</p>
      <p className="quiet">The figures appear here as soon as the agent answers.</p>
    </section>
  );
}

/** A link to the notices leads to them, not to the top of the page. */
function useNoticesInView(): void {
  const route = useRoute();
  const named = route.page === 'now' && route.part === 'notices';
  const there = useDashboard((known) => known.snapshot !== null);
  useEffect(() => {
    if (named && there) document.getElementById('notices')?.focus();
  }, [named, there]);
}

export function Now() {
  useNoticesInView();
  const snapshot = useDashboard((known) => known.snapshot);
  const live = useIsLive();
  return (
    <main className={live || snapshot === null ? 'now' : 'now not-live'}>
      <div className="now-main">
        <Welcome />
        <div className="hero">
          <Gauge />
          {snapshot === null ? <Waiting /> : <Story snapshot={snapshot} />}
        </div>
        {snapshot !== null && (
          <ul className="plain cards">
            {snapshot.modalities.map((view) => (
              <ModalityCard key={view.modality} view={view} />
            ))}
          </ul>
        )}
        <BudgetStrip />
      </div>
      {snapshot !== null && (
        <div className="now-side">
          <Lately />
          <Notices snapshot={snapshot} />
        </div>
      )}
    </main>
  );
}
