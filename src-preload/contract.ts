// The border: every call, push and type that crosses a process, each with its runtime check. It imports the schema library only.
// Agent <-> dashboard go through CALLS and PUSHES (MessagePort in Electron, HTTP + server-sent events in the browser host);
// main process <-> agent process go through the messages at the end.
import * as v from 'valibot';

export const MODALITIES = ['keystroke', 'mouse', 'app'] as const;
export type Modality = (typeof MODALITIES)[number];

/** In order of falling trust. LEARNING has no score; LOCKDOWN locks only where the user has turned that on. */
export const STATES = ['LEARNING', 'NORMAL', 'MONITORING', 'RESTRICTED', 'LOCKDOWN'] as const;
export type State = (typeof STATES)[number];

const modality = v.picklist(MODALITIES);
const state = v.picklist(STATES);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** 0-100. */
const trust = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
/** Milliseconds since the Unix epoch. */
const atMs = v.pipe(v.number(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(2000));
const nothing = v.optional(v.null_(), null);

const trustPoint = v.object({
  atMs,
  /** null while learning. */
  trust: v.nullable(trust),
  /** The band of uncertainty around `trust`. */
  low: v.nullable(trust),
  high: v.nullable(trust),
  state,
});
export type TrustPoint = v.InferOutput<typeof trustPoint>;

const decision = v.object({
  atMs,
  from: state,
  to: state,
  trust: v.nullable(trust),
  /** Points of trust that each modality moved since the previous decision. */
  points: v.record(v.string(), v.number()),
  /** One sentence in plain words. */
  reason: text,
});
export type Decision = v.InferOutput<typeof decision>;

const modalityView = v.object({
  modality,
  /**
   * unavailable: no source of events on this machine, see `reason` and `fix`. learning: enrolment is not complete.
   * training: a model is being made. waiting: a model, but too little fresh input. scoring: contributes to the trust score.
   */
  status: v.picklist(['unavailable', 'learning', 'training', 'waiting', 'scoring']),
  reason: v.nullable(text),
  /** The one thing to do about it. */
  fix: v.nullable(text),
  /** How well the last window fits the owner, 0-100; null without a fresh window. */
  score: v.nullable(trust),
  /** Points of trust added or taken in the last minute. */
  pointsLastMinute: v.number(),
  /** Events in the current window against the events that a score needs. */
  evidence: v.object({ have: count, need: count, unit: text }),
  /** Events learned from against the events that enrolment needs. */
  enrolment: v.object({ have: count, need: count, unit: text }),
  /** The strongest reason for the score in plain words; null without a score. */
  strongest: v.nullable(text),
});
export type ModalityView = v.InferOutput<typeof modalityView>;

const budgetItem = v.object({ used: v.pipe(v.number(), v.minValue(0)), limit: v.pipe(v.number(), v.minValue(0)) });
const budget = v.object({ memoryMiB: budgetItem, cpuPercent: budgetItem, storageMiB: budgetItem });
export type Budget = v.InferOutput<typeof budget>;

const notice = v.object({ atMs, level: v.picklist(['info', 'warning', 'error']), text });
export type Notice = v.InferOutput<typeof notice>;

const snapshot = v.object({
  version: text,
  atMs,
  /** Where the events come from; everything but `live` is said on the dashboard. */
  source: v.picklist(['live', 'replay', 'synthetic']),
  state,
  sinceMs: atMs,
  trust: v.nullable(trust),
  low: v.nullable(trust),
  high: v.nullable(trust),
  /** What the score means, one or two sentences in plain words. */
  sentence: text,
  enrolment: v.object({ share, sentence: text }),
  modalities: v.array(modalityView),
  budget: v.nullable(budget),
  events: v.object({ published: count, refused: count, dropped: count, lastRefusal: v.nullable(text) }),
  notices: v.array(notice),
});
export type Snapshot = v.InferOutput<typeof snapshot>;

const call = <Arg extends v.GenericSchema, Result extends v.GenericSchema>(arg: Arg, result: Result) => ({
  arg,
  result,
});

/** Every call that the dashboard, the tray or the command line can make. */
export const CALLS = {
  snapshot: call(nothing, snapshot),
  trustHistory: call(v.object({ minutes: v.pipe(v.number(), v.minValue(1), v.maxValue(43_200)) }), v.array(trustPoint)),
  decisions: call(
    v.object({ limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)) }),
    v.array(decision),
  ),
  /** Trains every modality with enough windows now; answers what was trained and what was not, in plain words. */
  train: call(nothing, v.array(text)),
  /** Forgets the models and windows and starts to learn anew. */
  restartEnrolment: call(nothing, v.null_()),
} as const;
export type CallName = keyof typeof CALLS;
export type CallArg<K extends CallName> = v.InferInput<(typeof CALLS)[K]['arg']>;
export type CallResult<K extends CallName> = v.InferOutput<(typeof CALLS)[K]['result']>;
export type Handlers = {
  readonly [K in CallName]: (arg: v.InferOutput<(typeof CALLS)[K]['arg']>) => Promise<CallResult<K>>;
};

/** Everything that the agent sends unasked, at most once a second each. `snapshot` comes first, as soon as somebody looks. */
export const PUSHES = { snapshot, trustPoint, decision } as const;
export type PushName = keyof typeof PUSHES;
export type Push = {
  readonly [K in PushName]: { readonly push: K; readonly data: v.InferOutput<(typeof PUSHES)[K]> };
}[PushName];

/** One typed client, several transports. */
export interface AgentClient {
  /** Rejects with a readable Error when the agent refuses, fails or is gone. */
  readonly call: <K extends CallName>(
    name: K,
    ...arg: undefined extends CallArg<K> ? [] : [CallArg<K>]
  ) => Promise<CallResult<K>>;
  readonly onPush: (listener: (push: Push) => void) => () => void;
  /** Tells whether the line to the agent is up; called at once with what holds now. */
  readonly onLink: (listener: (up: boolean) => void) => () => void;
}

const request = v.object({ id: count, call: v.string(), arg: v.optional(v.unknown()) });
const response = v.variant('ok', [
  v.object({ id: count, ok: v.literal(true), result: v.unknown() }),
  v.object({ id: count, ok: v.literal(false), error: text }),
]);
export type Request = v.InferOutput<typeof request>;
export type Response = v.InferOutput<typeof response>;

export class ContractError extends Error {}

function check<S extends v.GenericSchema>(schema: S, value: unknown, what: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new ContractError(`${what}: ${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);
}

/** @throws ContractError for an unknown name (`__proto__` included). */
export function callName(name: string): CallName {
  if (!Object.hasOwn(CALLS, name)) throw new ContractError(`no such call: ${name.slice(0, 64)}`);
  return name as CallName;
}

/** Agent side: checks name and argument, runs the handler, checks its result. */
export async function dispatch(handlers: Handlers, name: string, arg: unknown): Promise<unknown> {
  const known = callName(name);
  const handler = handlers[known] as (arg: unknown) => Promise<unknown>;
  const checked: unknown = check(CALLS[known].arg, arg ?? undefined, `${known}: argument`);
  return check(CALLS[known].result, await handler(checked), `${known}: result`);
}

/** Client side: checks what came back. */
export function checkResult<K extends CallName>(name: K, value: unknown): CallResult<K> {
  return check(CALLS[name].result as v.GenericSchema, value, `${name}: result`) as CallResult<K>;
}

export const checkRequest = (value: unknown): Request => check(request, value, 'request');
export const checkResponse = (value: unknown): Response => check(response, value, 'response');

/** Client side: checks an unasked message. @throws ContractError for an unknown or malformed one. */
export function checkPush(value: unknown): Push {
  const { push, data } = check(
    v.object({ push: v.picklist(Object.keys(PUSHES) as PushName[]), data: v.unknown() }),
    value,
    'push',
  );
  return { push, data: check(PUSHES[push] as v.GenericSchema, data, `push ${push}`) } as Push;
}

// Main process <-> agent process. In a utility process `connect` carries a MessagePort; in a child process (SECLYZER_AGENT_NODE)
// the main process relays, and the messages of each channel are wrapped in `line`.
const agentMessage = v.variant('kind', [
  v.object({ kind: v.literal('ready'), version: text, pid: count }),
  /** `permanent`: another try would end the same way. */
  v.object({ kind: v.literal('failed'), reason: text, permanent: v.boolean() }),
  v.object({ kind: v.literal('heartbeat'), atMs }),
  v.object({ kind: v.literal('status'), state, trust: v.nullable(trust), sentence: text }),
  v.object({ kind: v.literal('line'), channel: count, data: v.unknown() }),
  v.object({ kind: v.literal('stopped') }),
]);
export type AgentMessage = v.InferOutput<typeof agentMessage>;
export const checkAgentMessage = (value: unknown): AgentMessage => check(agentMessage, value, 'agent message');

/** What a host tells the agent. Everything else is the agent's own default. */
const agentOptions = v.object({
  dataDir: v.pipe(v.string(), v.minLength(1)),
  /** Where the shipped population prior lies. */
  modelsDir: v.pipe(v.string(), v.minLength(1)),
  source: v.optional(
    v.variant('kind', [
      v.object({ kind: v.literal('live') }),
      v.object({
        kind: v.literal('replay'),
        files: v.array(v.string()),
        speed: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
      }),
      v.object({ kind: v.literal('synthetic'), typist: v.string() }),
    ]),
    { kind: 'live' },
  ),
  /** Events that enrolment needs, for a shortened enrolment; the defaults are those of settings.ts. */
  enrol: v.optional(v.object({ keystroke: v.optional(count), mouse: v.optional(count), app: v.optional(count) }), {}),
});
export type AgentOptions = v.InferOutput<typeof agentOptions>;

const mainMessage = v.variant('kind', [
  v.object({ kind: v.literal('start'), options: agentOptions }),
  v.object({ kind: v.literal('connect'), channel: count }),
  v.object({ kind: v.literal('line'), channel: count, data: v.unknown() }),
  v.object({ kind: v.literal('disconnect'), channel: count }),
  v.object({ kind: v.literal('stop') }),
]);
export type MainMessage = v.InferOutput<typeof mainMessage>;
export const checkMainMessage = (value: unknown): MainMessage => check(mainMessage, value, 'main message');

// Preload <-> page and preload <-> main process, in Electron alone.
/**
 * The raw channel over which a page's preload asks the main process for a port to the agent, and receives it. A type, for the
 * compiler holds both sides to it and the preload stays free of the checks above.
 */
export type PortChannel = 'seclyzer:port';

/** What the page sees of it, as `window.seclyzer`. After an `onClose` the next message comes over a new port, unasked. */
export interface Bridge {
  /** Requests made while there is no port wait for the next one. */
  readonly send: (message: Request) => void;
  readonly onMessage: (listener: (message: unknown) => void) => () => void;
  /** The port is gone; what was asked over it stays unanswered. */
  readonly onClose: (listener: () => void) => () => void;
}
