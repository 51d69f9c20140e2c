// A bar with an end that means something. In: how much there is, how much the end stands for, the words. Out: bar and words.
import type { ReactNode } from 'react';
import { shareOf } from '../format.ts';

interface MeterProps {
  readonly label: string;
  readonly have: number;
  readonly need: number;
  /** The number in words: `84 of 100 keystrokes`. */
  readonly text: string;
  readonly tone?: 'accent' | 'alarm';
  /** What stands inside the bar. */
  readonly children?: ReactNode;
}

export function Meter({ label, have, need, text, tone = 'accent', children }: MeterProps) {
  const share = shareOf(have, need);
  return (
    <div
      className={`meter tone-${tone}${children === undefined ? '' : ' roomy'}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={text}
    >
      <div className="meter-fill" style={{ width: `${share * 100}%` }} />
      {children !== undefined && <div className="meter-text">{children}</div>}
    </div>
  );
}
