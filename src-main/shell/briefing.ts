// Enters: what the program around the agent can and cannot do. Leaves: the same, told to every agent that gets ready and at each
// change, for the dashboard to show.
import type { Ability, HostAbilities, MainMessage } from '../../src-preload/contract.ts';
import type { AgentProcess } from './agent-process.ts';

/** What there can be something to say about. */
export type Topic = 'tray' | keyof HostAbilities;

export interface Briefing {
  readonly ability: (name: keyof HostAbilities, ability: Ability) => void;
  /** Takes the place of what was said about the same; null: it works again, and there is nothing to say any more. */
  readonly notice: (about: Topic, level: 'info' | 'warning' | 'error', text: string | null) => void;
}

/** What nobody has said anything about. */
const UNKNOWN: Ability = { available: false, reason: 'This is not known yet.', fix: null };

export function createBriefing(agent: Pick<AgentProcess, 'onReady' | 'send'>): Briefing {
  let abilities: HostAbilities = { notifications: UNKNOWN, autostart: UNKNOWN, shortcut: UNKNOWN };
  const notices = new Map<Topic, MainMessage>();
  // A new agent knows nothing of what its predecessor was told.
  agent.onReady(() => {
    agent.send({ kind: 'abilities', abilities });
    notices.forEach((notice) => agent.send(notice));
  });
  return {
    ability: (name, ability) => {
      abilities = { ...abilities, [name]: ability };
      agent.send({ kind: 'abilities', abilities });
    },
    notice: (about, level, text) => {
      const notice: MainMessage = { kind: 'notice', about, level, text };
      if (text !== null) notices.set(about, notice);
      else if (!notices.delete(about)) return;
      agent.send(notice);
    },
  };
}
