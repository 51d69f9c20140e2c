// The last changes of state, newest first, each with its reason and the points that led to it.
import type { Decision } from '../../src-preload/contract.ts';
import { score } from '../format.ts';
import { useDashboard } from '../state.ts';
import { pointsText, STATE_SIGNS } from '../words.ts';
import { ShapeIcon } from './icons.tsx';
import { Ago } from './time.tsx';
import { useAgentNowMs } from './use-now.ts';

function Item({ decision, nowMs }: { readonly decision: Decision; readonly nowMs: number }) {
  const to = STATE_SIGNS[decision.to];
  const points = pointsText(decision.points);
  return (
    <li className="event">
      <p className="event-head">
        <span className={`tone-${to.tone} event-state`}>
          <ShapeIcon shape={to.shape} />
          {to.word}
        </span>
        <span className="quiet event-time">
          <Ago atMs={decision.atMs} nowMs={nowMs} />
        </span>
      </p>
      <p>{decision.reason}</p>
      <p className="quiet">
        From {STATE_SIGNS[decision.from].word.toLowerCase()}
        {decision.trust !== null && `, at ${score(decision.trust)}`}
        {points !== '' && `: ${points} points`}
      </p>
    </li>
  );
}

export function Decisions() {
  const decisions = useDashboard((known) => known.decisions);
  const nowMs = useAgentNowMs();
  return (
    <section className="panel list" aria-labelledby="decisions-title">
      <h2 id="decisions-title">Last decisions</h2>
      {decisions.length === 0 || nowMs === null ? (
        <p className="quiet">None yet. Every change of state is listed here with its reason.</p>
      ) : (
        <ol className="plain">
          {decisions.map((decision) => (
            <Item key={`${decision.atMs} ${decision.to}`} decision={decision} nowMs={nowMs} />
          ))}
        </ol>
      )}
    </section>
  );
}
