// The agent as its hosts see it. A host starts it, serves its handlers and pushes, passes on what it has to show, and stops it.
// Runs in Electron's utility process or under plain Node; knows neither. What it is made of stands in build-agent.ts.
import type {
  AgentOptions,
  DataPeriod,
  Handlers,
  HostAbilities,
  Notice,
  Notification,
} from '../../src-preload/contract.ts';
import type { Push, Snapshot, State, UserSettings } from '../../src-preload/contract.ts';
import { buildAgent } from './build-agent.ts';
import type { Monitor } from './monitor/monitor.ts';
import { createNotices } from './notices.ts';
import { openData } from './open-data.ts';
import type { SessionEvent } from './session/watch-session.ts';

/** What the tray shows. */
export type Status = Pick<Snapshot, 'state' | 'trust' | 'sentence' | 'paused' | 'locking'>;

export interface AgentStart {
  readonly options: AgentOptions;
  readonly version: string;
  /** After each tick, and whenever something in it has changed; where nobody takes it, it is not made. */
  readonly onStatus?: (status: Status) => void;
  readonly onNotification?: (notification: Notification) => void;
  /** At the start, and whenever they have changed. */
  readonly onSettings?: (settings: UserSettings) => void;
  /** Other processes of the program, whose resources count as its own. */
  readonly otherPids?: readonly number[];
}

export interface Agent {
  readonly handlers: Handlers;
  /** Pushes flow only while somebody subscribes; a snapshot comes first. */
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  /** What the host can do, what it knows of the session, and what it has to say to the user. */
  readonly setAbilities: (abilities: HostAbilities) => void;
  readonly session: (event: SessionEvent) => void;
  readonly notice: (about: string, level: Notice['level'], text: string | null) => void;
  /** All that is kept of a period, as text, for its owner. @throws Error while it is in doubt who asks. */
  readonly exported: (period: DataPeriod) => AsyncGenerator<string>;
  /** What the machine itself does. */
  readonly monitor: Monitor;
  /** As of the last tick. */
  readonly state: () => State;
  readonly pid: number;
  /** Stops the collectors, ends the tick under way and writes everything down. */
  readonly stop: () => Promise<void>;
}

/** @throws AlreadyRunning when another agent uses the data folder, StoreError when the folder can't be used. */
export async function startAgent(start: AgentStart): Promise<Agent> {
  const notices = createNotices(Date.now);
  const data = await openData(start.options.dataDir, notices, start.options.dataKey);
  try {
    return await buildAgent(data, start, notices);
  } catch (error) {
    data.close();
    throw error;
  }
}
