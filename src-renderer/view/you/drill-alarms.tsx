// The alarms of a drill, mildest first: how long and how many keystrokes after its start, and why.
import type { Drill } from '../../../src-preload/contract.ts';
import { quantity } from '../../format.ts';
import { STATE_SIGNS } from '../../words.ts';
import { SignWord } from '../sign.tsx';

const after = ({ seconds, keystrokes }: Drill['alarms'][number]): string =>
  `after ${quantity(seconds)} s, ${quantity(keystrokes)} ${keystrokes === 1 ? 'keystroke' : 'keystrokes'}`;

export const DrillAlarms = ({ alarms }: Pick<Drill, 'alarms'>) => (
  <ol className="plain drill-alarms">
    {alarms.map((alarm) => (
      <li key={alarm.state} className="event">
        <span className="event-head">
          <SignWord sign={STATE_SIGNS[alarm.state]} />
          <span className="quiet event-time">{after(alarm)}</span>
        </span>
        <span>{alarm.reason}</span>
      </li>
    ))}
  </ol>
);
