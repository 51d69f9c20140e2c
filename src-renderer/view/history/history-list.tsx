// Everything that happened in the chosen stretch, newest first, a page at a time.
import { useState } from 'react';
import { clockTimeSeconds, dayAndTime, fullTime } from '../../format.ts';
import { entryKey } from '../../timeline.ts';
import { Entry } from '../entry.tsx';
import { ShowMore } from '../show-more.tsx';
import type { Past } from './use-past.ts';

const PAGE = 50;
const HOUR_MS = 60 * 60_000;

const LocalTime = ({ atMs, withDay }: { readonly atMs: number; readonly withDay: boolean }) => (
  <time dateTime={new Date(atMs).toISOString()} title={fullTime(atMs)}>
    {withDay ? dayAndTime(atMs) : clockTimeSeconds(atMs)}
  </time>
);

interface HistoryListProps {
  readonly past: Past;
  readonly title: string;
  readonly chosenMs: number | null;
}

export function HistoryList({ past, title, chosenMs }: HistoryListProps) {
  const [shown, setShown] = useState(PAGE);
  const { timeline, completeFromMs, known, fromMs, toMs } = past;
  const left = timeline.length - shown;
  return (
    <section className="panel list history-list" aria-labelledby="happened-title">
      <h2 id="happened-title">What happened, {title}</h2>
      {timeline.length === 0 && (
        <p className="quiet">
          {known
            ? 'Nothing: no change of state, no pause, no lock, nothing in the log or unusual for this machine.'
            : 'Reading the history.'}
        </p>
      )}
      {completeFromMs !== null && completeFromMs >= fromMs && (
        <p className="quiet">Only the latest are listed: before {dayAndTime(completeFromMs)} more has happened.</p>
      )}
      <ol className="plain">
        {timeline.slice(0, shown).map((entry) => (
          <Entry
            key={entryKey(entry)}
            entry={entry}
            time={<LocalTime atMs={entry.atMs} withDay={toMs - fromMs > HOUR_MS} />}
            chosen={entry.atMs === chosenMs}
          />
        ))}
      </ol>
      <ShowMore left={left} show={() => setShown(shown + PAGE)} />
    </section>
  );
}
