// What the agent wants known: its notices, and counts of events that it refused or lost. Nothing that is zero is shown.
import type { Notice, Snapshot } from '../../src-preload/contract.ts';
import { quantity } from '../format.ts';
import { useDashboard } from '../state.ts';
import { ShapeIcon } from './icons.tsx';
import { Ago } from './time.tsx';
import { useAgentNowMs } from './use-now.ts';

const LEVEL_SIGNS = {
  info: { word: 'Note', shape: 'open', tone: 'quiet' },
  warning: { word: 'Warning', shape: 'triangle', tone: 'watch' },
  error: { word: 'Error', shape: 'bar', tone: 'alarm' },
} as const satisfies Record<Notice['level'], { word: string; shape: string; tone: string }>;

function Item({ notice, nowMs }: { readonly notice: Notice; readonly nowMs: number }) {
  const { word, shape, tone } = LEVEL_SIGNS[notice.level];
  return (
    <li className="event">
      <p className="event-head">
        <span className={`tone-${tone} event-state`}>
          <ShapeIcon shape={shape} />
          {word}
        </span>
        <span className="quiet event-time">
          <Ago atMs={notice.atMs} nowMs={nowMs} />
        </span>
      </p>
      <p>{notice.text}</p>
    </li>
  );
}

/** Sentences for what went wrong with events and messages. */
function lossSentences({ refused, dropped, lastRefusal }: Snapshot['events'], malformed: number): readonly string[] {
  const because = lastRefusal === null ? '' : `, the last because: ${lastRefusal}`;
  return [
    ...(refused > 0 ? [`${quantity(refused)} input events refused${because}.`] : []),
    ...(dropped > 0
      ? [`${quantity(dropped)} input events dropped because they came faster than they could be read.`]
      : []),
    ...(malformed > 0 ? [`${quantity(malformed)} messages of the agent not understood by this page.`] : []),
  ];
}

export function Notices({ snapshot }: { readonly snapshot: Snapshot }) {
  const malformed = useDashboard((known) => known.malformed);
  const nowMs = useAgentNowMs() ?? snapshot.atMs;
  const losses = lossSentences(snapshot.events, malformed);
  const newestFirst = snapshot.notices.toSorted((a, b) => b.atMs - a.atMs);
  return (
    <section className="panel list" id="notices" tabIndex={-1} aria-labelledby="notices-title">
      <h2 id="notices-title">Notices</h2>
      {newestFirst.length + losses.length === 0 && <p className="quiet">Nothing to report.</p>}
      <ul className="plain">
        {newestFirst.map((notice) => (
          <Item key={`${notice.atMs} ${notice.text}`} notice={notice} nowMs={nowMs} />
        ))}
        {losses.map((sentence) => (
          <li className="event" key={sentence}>
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
