// Enters: what the program around the agent can and cannot do. Leaves: the same, told to every agent that gets ready and at each
// change, for the dashboard to show.
import type { Ability, HostAbilities, MainMessage } from '../../src-preload/contract.ts';
import type { AgentProcess } from './agent-process.ts';

export interface Briefing {
  readonly ability: (name: keyof HostAbilities, ability: Ability) => void;
  /** Told once to each agent: a new one knows nothing of what its predecessor was told. */
  readonly notice: (level: 'info' | 'warning' | 'error', text: string) => void;
}

/** What nobody has said anything about. */
const UNKNOWN: Ability = { available: false, reason: 'This is not known yet.', fix: null };
/** The dashboard shows a few. */
const MAX_NOTICES = 20;

export function createBriefing(agent: Pick<AgentProcess, 'onReady' | 'send'>): Briefing {
  let abilities: HostAbilities = { notifications: UNKNOWN, autostart: UNKNOWN, shortcut: UNKNOWN };
  const notices: MainMessage[] = [];
  agent.onReady(() => {
    agent.send({ kind: 'abilities', abilities });
    notices.forEach((notice) => agent.send(notice));
  });
  return {
    ability: (name, ability) => {
      abilities = { ...abilities, [name]: ability };
      agent.send({ kind: 'abilities', abilities });
    },
    notice: (level, text) => {
      const notice: MainMessage = { kind: 'notice', level, text };
      notices.push(notice);
      if (notices.length > MAX_NOTICES) notices.shift();
      agent.send(notice);
    },
  };
}
