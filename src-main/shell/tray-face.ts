// Enters: the status of the agent. Leaves: what the tray shows of it. The icon alone never carries the state: some desktops
// repaint it late, and not everybody sees its colour.
import type { State } from '../../src-preload/contract.ts';
import type { AgentStatus } from './agent-process.ts';

export interface TrayFace {
  /** An icon of assets/: `tray-<shape>-<fill>`. */
  readonly icon: string;
  readonly tooltip: string;
  /** The first line of the menu. */
  readonly line: string;
}

const SHAPES = {
  LEARNING: { shape: 'ring', word: 'learning' },
  NORMAL: { shape: 'check', word: 'normal' },
  MONITORING: { shape: 'dot', word: 'monitoring' },
  RESTRICTED: { shape: 'triangle', word: 'restricted' },
  LOCKDOWN: { shape: 'bar', word: 'lockdown' },
} as const satisfies Record<State, { shape: string; word: string }>;

const PRODUCT = 'SecLyzer';

export function trayFace(status: AgentStatus): TrayFace {
  if (status.kind !== 'running') return { icon: 'tray-slash-0', ...words(notRunning(status)) };
  const { shape, word } = SHAPES[status.state];
  // While learning there is no score to fill the shield with.
  if (status.trust === null || status.state === 'LEARNING') return { icon: `tray-${shape}-0`, ...words(word) };
  return { icon: `tray-${shape}-${fill(status.trust)}`, ...words(`${Math.floor(status.trust)} · ${word}`) };
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

function words(line: string): Pick<TrayFace, 'line' | 'tooltip'> {
  return { line, tooltip: `${PRODUCT} · ${line}` };
}
