// Enters: the status of the agent. Leaves: what the tray shows of it. The icon alone never carries the state: some desktops
// repaint it late, and not everybody sees its colour.
import type { Pause, State } from '../../src-preload/contract.ts';
import type { AgentStatus } from './agent-process.ts';

export interface TrayFace {
  /** An icon of assets/: `tray-<shape>-<fill>`. */
  readonly icon: string;
  readonly tooltip: string;
  /** The first line of the menu. */
  readonly line: string;
  /** The line without the score, which alone changes often. */
  readonly words: string;
}

const SHAPES = {
  LEARNING: { shape: 'ring', word: 'learning' },
  NORMAL: { shape: 'check', word: 'normal' },
  MONITORING: { shape: 'dot', word: 'monitoring' },
  RESTRICTED: { shape: 'triangle', word: 'restricted' },
  LOCKDOWN: { shape: 'bar', word: 'lockdown' },
} as const satisfies Record<State, { shape: string; word: string }>;

const PRODUCT = 'SecLyzer';
const OFF = 'tray-slash-0';

export function trayFace(status: AgentStatus): TrayFace {
  if (status.kind !== 'running') return face(OFF, notRunning(status));
  // A countdown that runs is never hidden behind a pause.
  if (status.locking !== null) return face(`tray-${SHAPES.LOCKDOWN.shape}-0`, 'locking the screen');
  if (status.paused !== null) return face(OFF, pausedWords(status.paused));
  const { shape, word } = SHAPES[status.state];
  // While learning there is no score to fill the shield with.
  if (status.trust === null || status.state === 'LEARNING') return face(`tray-${shape}-0`, word);
  return face(`tray-${shape}-${fill(status.trust)}`, word, Math.floor(status.trust));
}

/**
 * Quarters of the shield. Three begin at the threshold of NORMAL, two at that of RESTRICTED; one is left out, for at 16 px
 * it looks like none.
 */
function fill(trust: number): 0 | 2 | 3 | 4 {
  if (trust >= 85) return 4;
  if (trust >= 70) return 3;
  return trust >= 35 ? 2 : 0;
}

function pausedWords({ untilMs }: Pause): string {
  if (untilMs === null) return 'paused';
  const until = new Date(untilMs);
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return `paused until ${twoDigits(until.getHours())}:${twoDigits(until.getMinutes())}`;
}

function notRunning(status: Exclude<AgentStatus, { kind: 'running' }>): string {
  switch (status.kind) {
    case 'starting':
      return 'starting';
    case 'restarting':
      return `starting again in ${status.delayS} s. ${status.reason}`;
    case 'stopped':
      return `stopped. ${status.reason}`;
    default:
      return status satisfies never;
  }
}

function face(icon: string, words: string, score: number | null = null): TrayFace {
  const line = score === null ? words : `${score} · ${words}`;
  return { icon, words, line, tooltip: `${PRODUCT} · ${line}` };
}
