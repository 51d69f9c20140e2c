// Messages between the main process and the agent's process, and between the main process and its page (Electron alone).
import * as v from 'valibot';
import { hostAbilities, userSettings } from './settings.ts';
import { atMs, count, locking, pause, state, text, trust } from './views.ts';
import type { Request } from './contract.ts';

// Main process <-> agent process. In a utility process `connect` carries a MessagePort; in a child process (SECLYZER_AGENT_NODE)
// the main process relays, and the messages of each channel are wrapped in `line`.
/** What the desktop is to show, decided by the agent. */
const notification = v.object({
  title: text,
  body: text,
  urgency: v.picklist(['low', 'normal', 'critical']),
  /** Where a click leads: the part of the dashboard's address from `#` on. */
  link: text,
});
export type Notification = v.InferOutput<typeof notification>;

const agentMessage = v.variant('kind', [
  v.object({ kind: v.literal('ready'), version: text, pid: count }),
  /** `permanent`: another try would end the same way. */
  v.object({ kind: v.literal('failed'), reason: text, permanent: v.boolean() }),
  v.object({ kind: v.literal('heartbeat'), atMs }),
  v.object({
    kind: v.literal('status'),
    state,
    trust: v.nullable(trust),
    sentence: text,
    paused: v.nullable(pause),
    locking: v.nullable(locking),
  }),
  /** At the start, and whenever they have changed. */
  v.object({ kind: v.literal('settings'), settings: userSettings }),
  v.object({ kind: v.literal('notify'), notification }),
  v.object({ kind: v.literal('line'), channel: count, data: v.unknown() }),
  v.object({ kind: v.literal('stopped') }),
]);
export type AgentMessage = v.InferOutput<typeof agentMessage>;
/** @throws ValiError */
export const parseAgentMessage = (value: unknown): AgentMessage => v.parse(agentMessage, value);

/** What a host tells the agent. Everything else is the agent's own default. */
const agentOptions = v.object({
  dataDir: v.pipe(v.string(), v.minLength(1)),
  /** Where the shipped population prior lies. */
  modelsDir: v.pipe(v.string(), v.minLength(1)),
  settingsFile: v.pipe(v.string(), v.minLength(1)),
  host: v.picklist(['tray', 'browser']),
  /** No hand makes the input of this run, and that is known: nothing watches for it. */
  inputIsScripted: v.optional(v.boolean(), false),
  /** 32 bytes in hexadecimal, out of the system's keyring; null: a key file in the data folder serves. */
  dataKey: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))), null),
  source: v.optional(
    v.variant('kind', [
      v.object({ kind: v.literal('live') }),
      v.object({
        kind: v.literal('replay'),
        files: v.array(v.string()),
        speed: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
      }),
      v.object({ kind: v.literal('synthetic'), typist: v.string() }),
      /** Comes over the API. */
      v.object({ kind: v.literal('api') }),
      /** Comes over the channel `seclyzer:events` of Redis. */
      v.object({ kind: v.literal('redis') }),
    ]),
    { kind: 'live' },
  ),
  /** Log files that the log guard reads instead of the machine's own log; null: that one. */
  logs: v.optional(v.nullable(v.array(v.string())), null),
  /** Events that enrolment needs, for a shortened enrolment; the defaults are those of settings.ts. */
  enrol: v.optional(
    v.object({
      keystroke: v.optional(count),
      mouse: v.optional(count),
      app: v.optional(count),
      linguistic: v.optional(count),
    }),
    {},
  ),
});
export type AgentOptions = v.InferOutput<typeof agentOptions>;

const mainMessage = v.variant('kind', [
  v.object({ kind: v.literal('start'), options: agentOptions }),
  v.object({ kind: v.literal('connect'), channel: count }),
  v.object({ kind: v.literal('line'), channel: count, data: v.unknown() }),
  v.object({ kind: v.literal('disconnect'), channel: count }),
  v.object({ kind: v.literal('stop') }),
  /** Chosen in the tray; null: until resumed. */
  v.object({ kind: v.literal('pause'), minutes: v.nullable(count) }),
  v.object({ kind: v.literal('resume') }),
  v.object({ kind: v.literal('abilities'), abilities: hostAbilities }),
  /** Something for the dashboard's notices. It takes the place of an earlier one about the same; null: there is nothing to say any more. */
  v.object({
    kind: v.literal('notice'),
    about: text,
    level: v.picklist(['info', 'warning', 'error']),
    text: v.nullable(text),
  }),
  /** Where the system tells these to Electron alone (Windows, macOS). */
  v.object({ kind: v.literal('session'), event: v.picklist(['locked', 'unlocked', 'suspending', 'resumed']) }),
]);
export type MainMessage = v.InferOutput<typeof mainMessage>;
/** @throws ValiError */
export const parseMainMessage = (value: unknown): MainMessage => v.parse(mainMessage, value);

// Preload <-> page and preload <-> main process, in Electron alone.
/**
 * The raw channel over which a page's preload asks the main process for a port to the agent, and receives it. A type, for the
 * compiler holds both sides to it and the preload stays free of the checks above.
 */
export type PortChannel = 'seclyzer:port';
/** Over which the main process tells a page why there is no agent, and a page asks to start it again or to end the program. */
export type AgentChannel = 'seclyzer:agent';
/** What a page asks for over it. */
export type AgentWish = 'start' | 'quit';

const agentAbsence = v.variant('kind', [
  v.object({ kind: v.literal('starting') }),
  v.object({ kind: v.literal('restarting'), reason: text, delayS: v.number() }),
  /** Until somebody starts it again. */
  v.object({ kind: v.literal('stopped'), reason: text }),
]);
/** Why there is no agent. */
export type AgentAbsence = v.InferOutput<typeof agentAbsence>;
/** null for anything else. */
export function readAgentAbsence(value: unknown): AgentAbsence | null {
  const parsed = v.safeParse(agentAbsence, value);
  return parsed.success ? parsed.output : null;
}

/** What the page sees of it, as `window.seclyzer`. After an `onClose` the next message comes over a new port, unasked. */
export interface Bridge {
  /** Requests made while there is no port wait for the next one. */
  readonly send: (message: Request) => void;
  readonly onMessage: (listener: (message: unknown) => void) => () => void;
  /** The port is gone; what was asked over it stays unanswered. */
  readonly onClose: (listener: () => void) => () => void;
  /** Unchecked; null once the agent is there again. What holds now is told at once, if it is known. */
  readonly onAbsence: (listener: (why: unknown) => void) => () => void;
  /** Starts an agent that has stopped for good. */
  readonly startAgent: () => void;
  /** Ends the program, for a desktop without a tray to do it from. */
  readonly quit: () => void;
}
