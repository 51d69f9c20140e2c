// Enters: the status of the agent and its first line. Leaves: the entries of the tray's menu, and what each of them asks for.
import type { AgentStatus } from './agent-process.ts';

export type TrayChoice =
  | { readonly kind: 'open' | 'settings' | 'about' | 'quit' | 'start' }
  | { readonly kind: 'resume' }
  /** null: until resumed. */
  | { readonly kind: 'pause'; readonly minutes: number | null };

export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'choice'; readonly label: string; readonly choice: TrayChoice }
  | {
      readonly kind: 'group';
      readonly label: string;
      readonly enabled: boolean;
      readonly entries: readonly MenuEntry[];
    };

/** A reason may be long, and no desktop folds a line of a menu. The tooltip and the dashboard have it whole. */
const MAX_LINE = 100;

const SEPARATOR: MenuEntry = { kind: 'separator' };

const entry = (label: string, choice: TrayChoice): MenuEntry => ({ kind: 'choice', label, choice });

const PAUSES: readonly MenuEntry[] = [
  entry('For 15 minutes', { kind: 'pause', minutes: 15 }),
  entry('For 1 hour', { kind: 'pause', minutes: 60 }),
  entry('Until I resume', { kind: 'pause', minutes: null }),
];

/** @param line the state in words */
export function trayMenu(status: AgentStatus, line: string): readonly MenuEntry[] {
  return [
    { kind: 'text', label: line.length <= MAX_LINE ? line : `${line.slice(0, MAX_LINE)}…` },
    ...(status.kind === 'stopped' ? [entry('Start again', { kind: 'start' })] : []),
    SEPARATOR,
    entry('Open dashboard', { kind: 'open' }),
    ...pausing(status),
    SEPARATOR,
    entry('Settings', { kind: 'settings' }),
    entry('About', { kind: 'about' }),
    SEPARATOR,
    entry('Quit', { kind: 'quit' }),
  ];
}

/** Without an agent there is nothing to pause; and a pause must be no way around a lock that is on its way. */
function pausing(status: AgentStatus): readonly MenuEntry[] {
  if (status.kind !== 'running') return [];
  const isLocking = status.locking !== null;
  if (status.paused !== null && !isLocking) return [entry('Resume', { kind: 'resume' })];
  return [{ kind: 'group', label: 'Pause', enabled: !isLocking, entries: PAUSES }];
}
