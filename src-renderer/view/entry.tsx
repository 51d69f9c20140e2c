// One thing that happened, to trust, in the audit log, in the log of the machine or to the machine itself, as a row of a list. The whole row leads to its moment.
import type { ReactNode } from 'react';
import type { Decision } from '../../src-preload/contract.ts';
import { score } from '../format.ts';
import { hrefOf } from '../route.ts';
import type { TimelineEntry } from '../timeline.ts';
import { entrySign, entryText, pointsText, STATE_SIGNS } from '../words.ts';
import { ShapeIcon } from './icons.tsx';

/** `From normal, trust 60: Typing −31, Mouse −8.0 points` */
export function decisionText({ from, trust, points }: Decision): string {
  const moved = pointsText(points);
  const at = trust === null ? '' : `, trust ${score(trust)}`;
  return `From ${STATE_SIGNS[from].word.toLowerCase()}${at}${moved === '' ? '' : `: ${moved} points`}`;
}

interface EntryProps {
  readonly entry: TimelineEntry;
  /** When, as this list writes it. */
  readonly time: ReactNode;
  readonly chosen?: boolean;
}

export function Entry({ entry, time, chosen = false }: EntryProps) {
  const { word, shape, tone } = entrySign(entry);
  const text = entryText(entry);
  return (
    <li className="event">
      <a
        className="event-link"
        href={hrefOf({ page: 'history', atMs: entry.atMs })}
        aria-current={chosen ? 'true' : undefined}
      >
        <span className="event-head">
          <span className={`tone-${tone} event-state`}>
            <ShapeIcon shape={shape} />
            {word}
          </span>
          <span className="quiet event-time">{time}</span>
        </span>
        {text !== `${word}.` && <span>{text}</span>}
        {entry.kind === 'decision' && <span className="quiet">{decisionText(entry.decision)}</span>}
      </a>
    </li>
  );
}
