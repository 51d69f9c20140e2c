// Incidents that fit the filter, the worst first, a page at a time. Each leads to itself in full; arrow keys go from one to the next.
import { memo, useDeferredValue, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Incident } from '../../../src-preload/contract.ts';
import { counted, quantity, stretch, UNKNOWN } from '../../format.ts';
import { aboutText, emptyText, isBlind, techniquesText } from '../../guard-words.ts';
import { filtered, INCIDENTS_MAX, SHOW_OPEN } from '../../incidents.ts';
import { hrefOf } from '../../route.ts';
import { useDashboard } from '../../state.ts';
import { RISK_SIGNS } from '../../words.ts';
import { ShowMore } from '../show-more.tsx';
import { SignWord } from '../sign.tsx';
import { Ago } from '../time.tsx';
import { useAgentNowMs, useNowMs } from '../use-now.ts';
import { Visible } from '../visible.tsx';
import { FilterBar } from './filter-bar.tsx';

const PAGE = 25;
const KEEP_DAYS = 7;

interface RowProps {
  readonly incident: Incident;
  readonly nowMs: number;
  readonly chosen: boolean;
}

const Row = memo(function Row({ incident, nowMs, chosen }: RowProps) {
  const { id, risk, title, techniques, alerts, firstMs, lastMs, acknowledgedMs } = incident;
  return (
    <li className="event incident">
      <a
        className="event-link"
        href={hrefOf({ page: 'guard', incident: id })}
        aria-current={chosen ? 'true' : undefined}
      >
        <span className="event-head">
          <SignWord sign={RISK_SIGNS[risk]} />
          {acknowledgedMs !== null && <span className="quiet">Acknowledged</span>}
          <span className="quiet event-time">
            <Ago atMs={lastMs} nowMs={nowMs} />
          </span>
        </span>
        <span className="incident-title">
          <Visible text={title} />
        </span>
        <span className="quiet">{techniquesText(techniques)}</span>
        <span className="quiet incident-facts">
          <span>
            <Visible text={aboutText(incident)} />
          </span>
          <span>{counted(alerts, 'alert')}</span>
          <span>{stretch(firstMs, lastMs, nowMs)}</span>
        </span>
      </a>
    </li>
  );
});

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function walk(event: KeyboardEvent<HTMLOListElement>): void {
  const step = STEPS[event.key];
  const links = [...event.currentTarget.querySelectorAll('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  links[step(at, links.length - 1)]?.focus();
}

interface IncidentListProps {
  readonly chosen: number | null;
  /** They could not be read, which is said elsewhere. */
  readonly unread: boolean;
}

export function IncidentList({ chosen, unread }: IncidentListProps) {
  const [filter, setFilter] = useState(SHOW_OPEN);
  const [shown, setShown] = useState(PAGE);
  const incidents = useDashboard((known) => known.incidents);
  const asked = useDashboard((known) => known.incidentsAsked);
  const guard = useDashboard((known) => known.guard ?? null);
  const lines = guard === null || isBlind(guard) ? null : guard.lines;
  const keepDays = useDashboard((known) => known.settings?.settings.guard.advanced.keepDays ?? KEEP_DAYS);
  const pageMs = useNowMs();
  const nowMs = useAgentNowMs() ?? pageMs;
  const fitting = filtered(incidents, useDeferredValue(filter));
  const left = fitting.length - shown;
  return (
    <section className="panel list incidents" aria-labelledby="incidents-title">
      <h2 id="incidents-title">Incidents, the worst first</h2>
      {incidents.length > 0 && <FilterBar filter={filter} change={setFilter} />}
      <p className="quiet incidents-count" role="status">
        {incidents.length > 0 && `${counted(fitting.length, 'incident')} of ${quantity(incidents.length)}`}
        {incidents.length >= INCIDENTS_MAX && `, the worst that are kept`}
      </p>
      {fitting.length === 0 && (
        <p className="quiet incidents-none">
          {asked ? emptyText(incidents, filter, lines, keepDays) : unread ? UNKNOWN : 'Reading the incidents.'}
        </p>
      )}
      <ol className="plain" onKeyDown={walk}>
        {fitting.slice(0, shown).map((incident) => (
          <Row key={incident.id} incident={incident} nowMs={nowMs} chosen={incident.id === chosen} />
        ))}
      </ol>
      <ShowMore left={left} show={() => setShown(shown + PAGE)} />
    </section>
  );
}
