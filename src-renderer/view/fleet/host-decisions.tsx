// The last changes of a host's state, newest first, each with its reason and what moved the score.
import type { DecisionPresence } from '../../../src-preload/fleet.ts';
import { visibleText } from '../../visible-text.ts';
import { STATE_SIGNS } from '../../words.ts';
import { decisionText } from '../entry.tsx';
import { SignWord } from '../sign.tsx';
import { Ago } from '../time.tsx';

interface DecisionsProps {
  readonly decisions: readonly DecisionPresence[];
  readonly nowMs: number;
}

export const HostDecisions = ({ decisions, nowMs }: DecisionsProps) => (
  <section className="panel list" aria-labelledby="decisions-title">
    <h2 id="decisions-title">Last decisions</h2>
    {decisions.length === 0 && <p className="quiet">Nothing yet: its state has not changed since it began to learn.</p>}
    <ol className="plain">
      {decisions.map((decision) => (
        <li key={`${decision.atMs} ${decision.to}`} className="event">
          <span className="event-head">
            <SignWord sign={STATE_SIGNS[decision.to]} />
            <span className="quiet event-time">
              <Ago atMs={decision.atMs} nowMs={nowMs} />
            </span>
          </span>
          <p>{visibleText(decision.reason)}</p>
          <p className="quiet">{visibleText(decisionText(decision))}</p>
        </li>
      ))}
    </ol>
  </section>
);
