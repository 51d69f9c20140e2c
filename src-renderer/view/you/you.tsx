// The page “You”: what is known of the owner, how well it works, whether it would notice somebody else, and which alarms were none.
import { fetchLearning, useDashboard } from '../../state.ts';
import { useFresh } from '../use-fresh.ts';
import { Accuracy } from './accuracy.tsx';
import { Alarms } from './alarms.tsx';
import { Drill } from './drill.tsx';
import { Profiles } from './profiles.tsx';

const WAITING = 'What was learned is shown here as soon as the agent answers.';

export function You() {
  const trouble = useFresh(fetchLearning);
  const learning = useDashboard((known) => known.learning);
  return (
    <main className="you">
      {trouble !== null && (
        <p className="panel trouble" role="alert">
          What was learned could not be read: {trouble}
        </p>
      )}
      {learning === null && trouble === null && <p className="panel quiet">{WAITING}</p>}
      {learning !== null && (
        <>
          <Profiles learning={learning} />
          <Accuracy learning={learning} />
        </>
      )}
      <div className="you-pair">
        <Drill />
        {learning !== null && <Alarms learning={learning} />}
      </div>
    </main>
  );
}
