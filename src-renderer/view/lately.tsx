// What happened lately, newest first: changes of state, pauses, locks, changed settings. Each leads to its moment.
import { hrefOf } from '../route.ts';
import { useDashboard } from '../state.ts';
import { entryKey } from '../timeline.ts';
import { Entry } from './entry.tsx';
import { Ago } from './time.tsx';
import { useAgentNowMs } from './use-now.ts';

const SHOWN = 8;

export function Lately() {
  const lately = useDashboard((known) => known.lately);
  const nowMs = useAgentNowMs();
  return (
    <section className="panel list" aria-labelledby="lately-title">
      <h2 id="lately-title">What happened lately</h2>
      {lately.length === 0 || nowMs === null ? (
        <p className="quiet">Nothing yet. Changes of state, pauses and locks are listed here with their reasons.</p>
      ) : (
        <ol className="plain">
          {lately.slice(0, SHOWN).map((entry) => (
            <Entry key={entryKey(entry)} entry={entry} time={<Ago atMs={entry.atMs} nowMs={nowMs} />} />
          ))}
        </ol>
      )}
      {lately.length > SHOWN && <a href={hrefOf({ page: 'history', atMs: null })}>All of it under History</a>}
    </section>
  );
}
