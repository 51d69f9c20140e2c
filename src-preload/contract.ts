// The border: every call, push and type that crosses a process, each with its runtime check. This file holds the calls and pushes
// and how they are checked; views.ts, learning.ts, guard.ts, host.ts, privacy.ts, resources.ts, settings.ts, stages.ts and messages.ts, which it passes on, hold what they are made of.
// Agent <-> dashboard go through CALLS and PUSHES (MessagePort in Electron, HTTP + server-sent events in the browser host);
// main process <-> agent process go through the messages of messages.ts.
import * as v from 'valibot';
import { guardArguments, guardStatus, incident, incidentDetail, logAlert } from './guard.ts';
import { hostAnomaly } from './host.ts';
import { hostCalls, hostView } from './host-view.ts';
import { logQuestion, logReport } from './audit-log.ts';
import { drill, learning, learningArguments } from './learning.ts';
import { parseAgentMessage, parseMainMessage, type AgentMessage, type MainMessage } from './messages.ts';
import { dataPeriod, deleted, deletion, exportArguments, exportedFile, exportPiece, keptData } from './privacy.ts';
import { resourceCalls, resourceView } from './resources.ts';
import { settingsChange } from './settings.ts';
import {
  atMs,
  auditEntry,
  count,
  decision,
  moment,
  rejectedBatch,
  settingsView,
  snapshot,
  text,
  trustPoint,
} from './views.ts';

export * from './audit-log.ts';
export * from './guard.ts';
export * from './host.ts';
export * from './host-view.ts';
export * from './learning.ts';
export * from './messages.ts';
export * from './privacy.ts';
export * from './resources.ts';
export * from './settings.ts';
export { type CollectingView, type StagePlace, type StagesView, type StageView } from './stages.ts';
export * from './views.ts';

const nothing = v.optional(v.null_(), null);
const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500));
/** Up to a moment, by default the present. */
const period = v.object({ minutes: v.pipe(v.number(), v.minValue(1), v.maxValue(525_600)), toMs: v.optional(atMs) });

const call = <Arg extends v.GenericSchema, Result extends v.GenericSchema>(arg: Arg, result: Result) => ({
  arg,
  result,
});

/** Every call that the dashboard, the tray or the command line can make. */
export const CALLS = {
  snapshot: call(nothing, snapshot),
  trustHistory: call(period, v.array(trustPoint)),
  /** Newest first; with `fromMs` and `toMs`, those of that period. */
  decisions: call(v.object({ limit, fromMs: v.optional(atMs), toMs: v.optional(atMs) }), v.array(decision)),
  /** Newest first. */
  audit: call(v.object({ limit, fromMs: v.optional(atMs), toMs: v.optional(atMs) }), v.array(auditEntry)),
  /** Verifies the chain of the audit log and makes its decisions again. */
  verifyLog: call(logQuestion, logReport),
  /** What led to the score at this moment. */
  moment: call(v.object({ atMs }), moment),
  settings: call(nothing, settingsView),
  /** Keeps the groups that it names; answers all of them as they are now. Rejects, and changes nothing, when one is not allowed. */
  changeSettings: call(settingsChange, settingsView),
  /** null: until resumed. */
  pause: call(
    v.object({ minutes: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))) }),
    v.null_(),
  ),
  resume: call(nothing, v.null_()),
  /** Locks the screen now rather than at the end of the countdown: unlocking it is the way out of an alarm. */
  lockNow: call(nothing, v.null_()),
  /** Trains every modality with enough windows now; answers what was trained and what was not, in plain words. */
  train: call(nothing, v.array(text)),
  /** What is kept of the owner, by part. */
  keptData: call(nothing, keptData),
  /** Deletes it for good. Rejects while it is in doubt who asks, see `refusal`. */
  deleteData: call(deletion, deleted),
  /** All that is kept, a piece at a time, as `seclyzer data export --help` describes it. Rejects while it is in doubt who asks. */
  exportPiece: call(exportArguments, exportPiece),
  /** The same into a file among the user's downloads, for his eyes only. */
  exportFile: call(dataPeriod, exportedFile),
  /** Forgets the models and windows and starts to learn anew. */
  restartEnrolment: call(nothing, v.null_()),
  /** What is known of the owner, and how well it works. */
  learning: call(nothing, learning),
  /** What comes in from now on teaches another profile of the same owner. All but the renaming ask for the password first, see `refusal`. */
  addProfile: call(learningArguments.addProfile, learning),
  renameProfile: call(learningArguments.renameProfile, learning),
  /** Forgets it and all that it has learned. */
  removeProfile: call(learningArguments.profile, learning),
  /** Goes back to an earlier version, and forgets what was learned since. `profile` null: a modality that all share. */
  useVersion: call(learningArguments.version, learning),
  /** The alarm at this moment was a false one: what came in then is learned from. Answers what was done. */
  thatWasMe: call(v.object({ atMs }), text),
  /** The last drill, or the one under way; null: there was none since the start. */
  drill: call(nothing, v.nullable(drill)),
  startDrill: call(learningArguments.drillMinutes, drill),
  endDrill: call(nothing, v.nullable(drill)),
  /** Attacks found in the log; with `fromMs` and `toMs`, those that were under way in that period. */
  incidents: call(guardArguments.incidents, v.array(incident)),
  /** With its alerts, what could be done and, where they are asked for, lines of the log. Rejects when it was not kept. */
  incident: call(guardArguments.incident, incidentDetail),
  /** Newest first. */
  logAlerts: call(guardArguments.list, v.array(logAlert)),
  /** Says that it was seen, or takes that back. Rejects while it is in doubt who asks. */
  acknowledgeIncident: call(guardArguments.acknowledge, incident),
  guard: call(nothing, guardStatus),
  /** What the database has rejected, and is still kept; oldest first. */
  influxRejected: call(nothing, v.array(rejectedBatch)),
  /** What the host monitor knows at this moment. */
  host: call(nothing, hostView),
  /** The same; and for the next 15 seconds a push `host` comes with each reading. */
  watchHost: call(nothing, hostView),
  /** The last seconds of metrics, each by the end of them that is known. One that was never seen is left out. */
  hostSeries: call(hostCalls.series, hostCalls.seriesResult),
  /** What the host monitor found in a period, by default up to the present; newest first. */
  hostAnomalies: call(v.object({ sinceMs: atMs, untilMs: v.optional(atMs) }), v.array(hostAnomaly)),
  /** With its evidence. Rejects when it was not kept. */
  hostAnomaly: call(hostCalls.anomaly, hostCalls.anomalyResult),
  /** What the program costs at this moment, and what the governor makes of it. */
  resources: call(nothing, resourceView),
  /** The same; and for the next 15 seconds a push `resources` comes with each measurement, every 5 seconds. */
  watchResources: call(nothing, resourceView),
  /** What it has cost over time. */
  resourceHistory: call(resourceCalls.history, resourceCalls.historyResult),
} as const;
export type CallName = keyof typeof CALLS;
export type CallArg<K extends CallName> = v.InferInput<(typeof CALLS)[K]['arg']>;
export type CallResult<K extends CallName> = v.InferOutput<(typeof CALLS)[K]['result']>;
export type Handlers = {
  readonly [K in CallName]: (arg: v.InferOutput<(typeof CALLS)[K]['arg']>) => Promise<CallResult<K>>;
};

/** Everything that the agent sends unasked, at most once a second each. `snapshot` comes first, as soon as somebody looks. */
export const PUSHES = {
  snapshot,
  trustPoint,
  decision,
  audit: auditEntry,
  settings: settingsView,
  learning,
  drill,
  /** New, or something was added to it. */
  incident,
  /** With each reading of the host monitor, while a page asks for it; see `watchHost`. */
  host: hostView,
  /** With each measurement, while a page asks for it; see `watchResources`. */
  resources: resourceView,
} as const;
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
  throw malformed(result.issues[0], what);
}

const malformed = (issue: v.BaseIssue<unknown>, what: string): ContractError =>
  new ContractError(`${what}: ${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);

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

/** @throws ContractError */
export const checkAgentMessage = (value: unknown): AgentMessage =>
  inContract(() => parseAgentMessage(value), 'agent message');
/** @throws ContractError */
export const checkMainMessage = (value: unknown): MainMessage =>
  inContract(() => parseMainMessage(value), 'main message');

function inContract<T>(parse: () => T, what: string): T {
  try {
    return parse();
  } catch (error) {
    if (!v.isValiError(error)) throw error;
    throw malformed(error.issues[0], what);
  }
}
