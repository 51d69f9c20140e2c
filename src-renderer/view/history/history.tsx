// The page “History”: what happened, when, and what led to it. The chosen moment is in the address, so a notification can name it.
import { useState } from 'react';
import { dayAndTime } from '../../format.ts';
import { agentNowMs } from '../../dashboard.ts';
import { fittingLook, holds, lookAt, RANGES, rangeOf } from '../../period.ts';
import type { Look, RangeName } from '../../period.ts';
import { useDashboard } from '../../state.ts';
import { Choices } from '../choices.tsx';
import { goTo, useRoute } from '../use-route.ts';
import { HistoryChart } from './history-chart.tsx';
import { HistoryList } from './history-list.tsx';
import { MomentPanel } from './moment-panel.tsx';
import { usePast } from './use-past.ts';

const CHOICES = RANGES.map(({ name, button }) => ({ value: name, button }));

/** By the agent's clock, which is a recording's own in a replay; read when asked, for the page does not change with it. */
const nowMs = (): number => agentNowMs(useDashboard.getState(), Date.now()) ?? Date.now();

/** The look follows the moment that the address names: whoever follows a link sees it, whatever was looked at before. */
function useLook(chosenMs: number | null): readonly [Look, (range: RangeName) => void] {
  const [kept, setKept] = useState<Look>(() => lookAt(chosenMs, nowMs()));
  const look = fittingLook(kept, chosenMs, nowMs());
  if (look !== kept) setKept(look);
  const choose = (range: RangeName): void => {
    const next = { range, toMs: null };
    if (chosenMs !== null && !holds(next, chosenMs, nowMs())) goTo({ page: 'history', atMs: null });
    setKept(next);
  };
  return [look, choose];
}

function Body({ chosenMs }: { readonly chosenMs: number | null }) {
  const [look, choose] = useLook(chosenMs);
  const past = usePast({ lengthMs: rangeOf(look.range).lengthMs, toMs: look.toMs });
  const title =
    look.toMs === null ? rangeOf(look.range).title : `${dayAndTime(past.fromMs)} to ${dayAndTime(past.toMs)}`;
  return (
    <main className="history">
      <section className="panel history-line" aria-label="Trust over time">
        <Choices
          label="How far back"
          className="ranges"
          choices={CHOICES}
          chosen={look.toMs === null ? look.range : null}
          choose={choose}
        />
        <HistoryChart past={past} title={title} chosenMs={chosenMs} />
      </section>
      <MomentPanel chosenMs={chosenMs} timeline={past.timeline} />
      <HistoryList past={past} title={title} chosenMs={chosenMs} />
    </main>
  );
}

export function History() {
  const route = useRoute();
  const chosenMs = route.page === 'history' ? route.atMs : null;
  // Where the present is, is known with the first snapshot: a replay has a clock of its own.
  const ready = useDashboard((known) => known.snapshot !== null);
  return ready ? (
    <Body chosenMs={chosenMs} />
  ) : (
    <main className="history">
      <p className="panel quiet">What happened is shown here as soon as the agent answers.</p>
    </main>
  );
}
