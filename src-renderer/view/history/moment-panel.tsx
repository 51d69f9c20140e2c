// The chosen moment, explained: what happened, why, the trust with its band, what each modality moved, before and after.
import type { Decision } from '../../../src-preload/contract.ts';
import { clockTimeSeconds, fullTime } from '../../format.ts';
import { hrefOf } from '../../route.ts';
import { entriesAt, entryKey, neighbours } from '../../timeline.ts';
import type { Timeline, TimelineEntry } from '../../timeline.ts';
import { entrySign, entryText, pointsText, STATE_SIGNS } from '../../words.ts';
import { Reason } from '../reason.tsx';
import { SignWord } from '../sign.tsx';
import { ThatWasMe } from '../that-was-me.tsx';
import { ChainPlace } from './chain-place.tsx';
import { useAlarmAt } from './use-alarm.ts';
import { MomentFigures } from './moment-figures.tsx';
import { useInView } from './use-in-view.ts';
import { useMoment } from './use-moment.ts';
import type { Explained } from './use-moment.ts';

function DecisionText({ decision, chosenMs }: { readonly decision: Decision; readonly chosenMs: number }) {
  const points = pointsText(decision.points);
  const alarm = useAlarmAt(decision);
  return (
    <div className="moment-entry">
      <p className="moment-change">
        <SignWord sign={STATE_SIGNS[decision.from]} />
        <span aria-label="changed to">→</span>
        <SignWord sign={STATE_SIGNS[decision.to]} />
        {decision.atMs !== chosenMs && <span className="quiet">at {clockTimeSeconds(decision.atMs)}</span>}
      </p>
      <p>
        <Reason text={decision.reason} />
      </p>
      {points !== '' && <p className="quiet">Points since the decision before: {points}</p>}
      {alarm !== null && <ThatWasMe key={alarm.atMs} alarm={alarm} />}
    </div>
  );
}

const EntryText = ({ entry }: { readonly entry: TimelineEntry }) =>
  entry.kind === 'decision' ? (
    <DecisionText decision={entry.decision} chosenMs={entry.atMs} />
  ) : (
    <div className="moment-entry">
      <SignWord sign={entrySign(entry)} />
      <p>{entryText(entry)}</p>
      {entry.kind === 'log' && (
        <a href={hrefOf({ page: 'guard', incident: entry.alert.incident })}>The whole incident under Log guard</a>
      )}
      {entry.kind === 'host' && (
        <a href={hrefOf({ page: 'host', anomaly: entry.anomaly.id })}>Its evidence under Host</a>
      )}
    </div>
  );

/** The decision that the agent names for this moment, unless it stands among the entries already. */
function ownDecision(explained: Explained | null, entries: Timeline): Decision | null {
  if (explained === null || 'trouble' in explained) return null;
  const { decision } = explained.moment;
  return decision === null || entries.some((entry) => entry.kind === 'decision') ? null : decision;
}

interface ChosenProps {
  readonly chosenMs: number;
  readonly timeline: Timeline;
}

function Steps({ chosenMs, timeline }: ChosenProps) {
  const { earlier, later } = neighbours(timeline, chosenMs);
  const steps = [
    { text: 'Earlier', atMs: earlier },
    { text: 'Later', atMs: later },
  ];
  return (
    <nav className="moment-steps" aria-label="Other moments">
      {steps.map(({ text, atMs }) =>
        atMs === null ? (
          <span key={text} className="quiet">
            {text}
          </span>
        ) : (
          <a key={text} href={hrefOf({ page: 'history', atMs })}>
            {text}
          </a>
        ),
      )}
      <a href={hrefOf({ page: 'history', atMs: null })}>Close</a>
    </nav>
  );
}

function Chosen({ chosenMs, timeline }: ChosenProps) {
  const answer = useMoment(chosenMs);
  const explained = answer?.atMs === chosenMs ? answer : null;
  const entries = entriesAt(timeline, chosenMs);
  const decision = ownDecision(explained, entries);
  const place = explained === null || 'trouble' in explained ? null : explained.moment.entry;
  return (
    <>
      <p className="moment-time">{fullTime(chosenMs)}</p>
      {entries.map((entry) => (
        <EntryText key={entryKey(entry)} entry={entry} />
      ))}
      {decision !== null && <DecisionText decision={decision} chosenMs={chosenMs} />}
      <MomentFigures explained={explained} />
      {place !== null && <ChainPlace key={place.seq} entry={place} />}
      <Steps chosenMs={chosenMs} timeline={timeline} />
    </>
  );
}

interface MomentPanelProps {
  readonly chosenMs: number | null;
  readonly timeline: Timeline;
}

export function MomentPanel({ chosenMs, timeline }: MomentPanelProps) {
  const panel = useInView(chosenMs);
  return (
    <section className="panel moment" ref={panel} tabIndex={-1} aria-labelledby="moment-title">
      <h2 id="moment-title">{chosenMs === null ? 'One moment, explained' : 'This moment'}</h2>
      {chosenMs === null ? (
        <p className="quiet">Choose a point of the line or an entry of the list to see what led to it.</p>
      ) : (
        <Chosen chosenMs={chosenMs} timeline={timeline} />
      )}
    </section>
  );
}
