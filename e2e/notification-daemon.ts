// Enters: a display of X or Wayland with a session bus. Leaves: dunst on it, which draws notifications, what it has drawn, and where.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Area, Screen } from './screen.ts';
import { endProcess } from './session-bus.ts';

export interface Notification {
  readonly title: string;
  readonly body: string;
}

export interface Dunst {
  /** How many it shows at the moment. */
  readonly shown: () => Promise<number>;
  /** What came and is no longer to be seen, the oldest first. */
  readonly past: () => Promise<readonly Notification[]>;
  /** Takes away what is to be seen. */
  readonly clear: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface NotificationDaemon extends Omit<Dunst, 'shown'> {
  /** Where notifications are to be seen now; null when there are none. */
  readonly drawn: () => Promise<Area | null>;
}

export const NOTIFICATION_PROGRAMS = { dunst: 'dunst', dunstctl: 'dunst' };

/** A click does what the notification offers, as on most desktops; by itself dunst would only close it. */
const SETTINGS = `[global]
    width = 360
    height = 200
    origin = top-right
    offset = 12x40
    font = DejaVu Sans 10
    markup = no
    show_indicators = no
    background = "#22282e"
    foreground = "#ffffff"
    frame_width = 2
    mouse_left_click = do_action, close_current
    mouse_right_click = close_current
    idle_threshold = 0
[urgency_low]
    timeout = 0
    frame_color = "#5b6770"
[urgency_normal]
    timeout = 0
    frame_color = "#56b4e9"
[urgency_critical]
    timeout = 0
    background = "#22282e"
    frame_color = "#d55e00"
`;

/** @param env of the desktop, with XDG_CONFIG_HOME */
export function startNotificationDaemon(screen: Screen, env: Record<string, string>): NotificationDaemon {
  const { shown: _, ...dunst } = startDunst(env);
  return {
    ...dunst,
    drawn: async () => {
      const window = (await screen.windows()).find(({ name, width }) => name === 'Dunst' && width > 1);
      return window !== undefined && (await screen.isShown(window)) ? window : null;
    },
  };
}

/** @param env of the desktop, with XDG_CONFIG_HOME */
export function startDunst(env: Record<string, string>): Dunst {
  const folder = path.join(env['XDG_CONFIG_HOME'] ?? '', 'dunst');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'dunstrc'), SETTINGS);
  const all = { ...process.env, ...env };
  const daemon = spawn('dunst', [], { env: all, stdio: 'ignore' });
  const control = async (...words: string[]): Promise<string> =>
    (await promisify(execFile)('dunstctl', words, { env: all })).stdout;
  return {
    shown: async () => Number(await control('count', 'displayed')),
    past: async () => readHistory(await control('history')),
    clear: async () => void (await control('close-all')),
    stop: () => endProcess(daemon),
  };
}

interface History {
  readonly data: readonly (readonly Record<string, { readonly data: unknown }>[])[];
}

function readHistory(text: string): Notification[] {
  const { data } = JSON.parse(text) as History;
  const word = (entry: Record<string, { readonly data: unknown }>, name: string): string => {
    const value = entry[name]?.data;
    if (typeof value !== 'string') throw new Error(`dunst's history has no ${name}`);
    return value;
  };
  return data
    .flat()
    .map((entry) => ({ title: word(entry, 'summary'), body: word(entry, 'body') }))
    .toReversed();
}
