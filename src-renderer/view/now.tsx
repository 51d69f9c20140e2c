// The page “Now”: is it me, is anything wrong, what does it cost me, what should I do.
import type { Snapshot } from '../../src-preload/contract.ts';
import { useDashboard } from '../state.ts';
import { linkSentence } from '../words.ts';
import { BudgetStrip } from './budget-strip.tsx';
import { Decisions } from './decisions.tsx';
import { Enrolment } from './enrolment.tsx';
import { Gauge } from './gauge.tsx';
import { ModalityCard } from './modality-card.tsx';
import { Notices } from './notices.tsx';
import { TrustChart } from './trust-chart.tsx';
import { useIsLive } from './use-now.ts';
import { Welcome } from './welcome.tsx';

function Story({ snapshot }: { readonly snapshot: Snapshot }) {
  const live = useIsLive();
  return (
    <section className="panel story" aria-label="What it means">
      <p className="sentence">
        {!live && <span className="quiet">Last known: </span>}
        {snapshot.sentence}
      </p>
      {snapshot.state === 'LEARNING' ? <Enrolment snapshot={snapshot} /> : <TrustChart />}
    </section>
  );
}

function Waiting() {
  const link = useDashboard((known) => known.link);
  const refusal = useDashboard((known) => known.refusal);
  return (
    <section className="panel story" aria-label="What it means">
      <p className="sentence">{linkSentence({ link, refusal }, 0)}.</p>
      <p className="quiet">The figures appear here as soon as the agent answers.</p>
    </section>
  );
}

export function Now() {
  const snapshot = useDashboard((known) => known.snapshot);
  const live = useIsLive();
  return (
    <main className={live || snapshot === null ? 'now' : 'now not-live'}>
      <h1 className="unseen">Now</h1>
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
          <Decisions />
          <Notices snapshot={snapshot} />
        </div>
      )}
    </main>
  );
}
