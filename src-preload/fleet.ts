// The fleet: what a host tells of itself in Redis, and what a viewer shows of many. Not a part of contract.ts, for the dashboard of one
// machine has no use for it. Whoever has the password of the Redis can write there, so every length has a bound.
import * as v from 'valibot';
import { LADDERS } from './resources.ts';
import { RISKS } from './guard.ts';
import { modality, state, trust } from './views.ts';

/** Of the entry in Redis; another one is refused and said. */
export const PRESENCE_FORMAT = 1;
/** An entry that is longer is none of ours: ours have some 2 kB. */
export const PRESENCE_MOST_BYTES = 16_384;
/** A host writes so often, and its entry expires so long after the last time; from then on it counts as not heard of. */
export const PRESENCE_EVERY_MS = 5000;
export const PRESENCE_EXPIRES_MS = 30_000;
/** A host that was not heard of for so long leaves the list. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
/** Hosts that a viewer lists; the longest silent of more are counted only. */
export const HOSTS_MOST = 5000;

const short = (most: number) => v.pipe(v.string(), v.maxLength(most));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(255));
const tally = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
/** That a Date can hold. */
const moment = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const size = v.pipe(v.number(), v.minValue(0), v.maxValue(1e9));
const points = v.pipe(v.number(), v.minValue(-100), v.maxValue(100));

/** Of an installation: it stays when the host or the user gets another name. */
export const installation = v.pipe(v.string(), v.uuid());

export const HOST_ROLES = ['all', 'collector', 'scorer'] as const;

const modalityPresence = v.object({
  modality,
  status: v.picklist(['unavailable', 'learning', 'training', 'waiting', 'scoring']),
  /** How well the last window fits the owner, 0-100; null without a fresh window. */
  score: v.nullable(trust),
});

/** Of what the log guard found, without the addresses and names that it is about: those stay on the host. */
const incidentPresence = v.object({
  atMs: moment,
  risk: v.picklist(RISKS),
  /** The technique of ATT&CK of its worst alert: `T1110.001 Brute Force: Password Guessing`. */
  technique: short(160),
  alerts: tally,
});

const anomalyPresence = v.object({
  atMs: moment,
  /** In words: `The processor’s load`. */
  metric: short(160),
  severity: v.picklist(['unusual', 'very unusual']),
});

const decisionPresence = v.object({
  atMs: moment,
  from: state,
  to: state,
  trust: v.nullable(trust),
  /** Points of trust that each modality moved. */
  points: v.pipe(v.record(short(32), points), v.maxEntries(8)),
  reason: short(600),
});
export type DecisionPresence = v.InferOutput<typeof decisionPresence>;

const use = v.object({ used: size, limit: size });
/** Where the governor stands on one of its ladders; step 0: everything is on. */
const standingPresence = v.object({ ladder: v.picklist(LADDERS), step: tally, of: tally, name: short(120) });

/** The field `view` of `seclyzer:host:<id>`. Fields that this version does not know are passed over. */
export const hostPresence = v.object({
  format: v.literal(PRESENCE_FORMAT),
  id: installation,
  host: name,
  user: name,
  /** Of the program. */
  version: short(40),
  role: v.picklist(HOST_ROLES),
  source: v.picklist(['live', 'replay', 'synthetic', 'api', 'redis']),
  startedMs: moment,
  state,
  sinceMs: moment,
  paused: v.nullable(v.object({ sinceMs: moment, untilMs: v.nullable(moment) })),
  screen: v.picklist(['open', 'locked']),
  trust: v.nullable(trust),
  low: v.nullable(trust),
  high: v.nullable(trust),
  modalities: v.pipe(v.array(modalityPresence), v.maxLength(8)),
  /** Incidents that nobody has acknowledged, by risk; null while the log guard is off. */
  open: v.nullable(v.object({ LOW: tally, MEDIUM: tally, HIGH: tally, CRITICAL: tally })),
  /** The worst of them first, and of equals the newest. */
  incidents: v.pipe(v.array(incidentPresence), v.maxLength(5)),
  /** Newest first, of the last day. */
  anomalies: v.pipe(v.array(anomalyPresence), v.maxLength(5)),
  budget: v.nullable(v.object({ memoryMiB: use, cpuPercent: use, storageMiB: use })),
  governor: v.pipe(v.array(standingPresence), v.maxLength(2)),
  /** Newest first. */
  decisions: v.pipe(v.array(decisionPresence), v.maxLength(5)),
});
export type HostPresence = v.InferOutput<typeof hostPresence>;

/** What a row of the list shows of it. */
const rowView = v.pick(hostPresence, [
  ...(['role', 'source', 'state', 'sinceMs', 'screen', 'trust', 'low', 'high', 'open', 'budget', 'governor'] as const),
]);
export const fleetRow = v.object({
  id: installation,
  /** By the viewer's clock. */
  heardMs: moment,
  /** Not heard of any more: what follows is how it was. */
  silent: v.boolean(),
  /** null where nothing but the id is known. */
  host: v.nullable(name),
  user: v.nullable(name),
  /** null where the host fell silent before this viewer began. */
  view: v.nullable(
    v.object({
      ...rowView.entries,
      paused: v.boolean(),
      /** Neither typing nor the mouse can be seen: nothing carries a score. */
      blind: v.boolean(),
      anomalies: tally,
    }),
  ),
});
export type FleetRow = v.InferOutput<typeof fleetRow>;
export type FleetRowView = NonNullable<FleetRow['view']>;

const sentence = short(2000);
export const refusedEntry = v.object({
  /** The key, as much of it as is fit to be shown. */
  key: short(120),
  reason: short(300),
  atMs: moment,
});
export type RefusedEntry = v.InferOutput<typeof refusedEntry>;

/** How the line to Redis stands. */
export const redisStanding = v.object({
  state: v.picklist(['off', 'connecting', 'connected', 'waiting', 'refused']),
  /** Why it is not connected, and the one thing to do about it. */
  reason: v.nullable(sentence),
  fix: v.nullable(sentence),
  /** When the list was last read; null before the first time. */
  readMs: v.nullable(moment),
});
export type RedisStanding = v.InferOutput<typeof redisStanding>;

/** What goes to the page, at most once a second: all rows at first, and from then on those that have changed. */
export const fleetPush = v.object({
  push: v.literal('fleet'),
  atMs: moment,
  version: short(40),
  /** Since when this viewer keeps what it hears. */
  sinceMs: moment,
  redis: redisStanding,
  /** Whether `rows` are all there are. */
  whole: v.boolean(),
  rows: v.pipe(v.array(fleetRow), v.maxLength(2 * HOSTS_MOST)),
  gone: v.pipe(v.array(installation), v.maxLength(2 * HOSTS_MOST)),
  /** In Redis beyond HOSTS_MOST. */
  beyond: tally,
  /** Entries that are none, since the viewer's start; the newest of them. */
  refused: v.object({ count: tally, newest: v.pipe(v.array(refusedEntry), v.maxLength(20)) }),
});
export type FleetPush = v.InferOutput<typeof fleetPush>;

/** A point of the line of trust: when, trust, the band, the state. */
export const fleetPoint = v.object({
  atMs: moment,
  trust: v.nullable(trust),
  low: v.nullable(trust),
  high: v.nullable(trust),
  state,
});
export type FleetPoint = v.InferOutput<typeof fleetPoint>;
/** Kept by the viewer: an hour at most, from its start on. */
export const HISTORY_MS = 3_600_000;
export const HISTORY_POINTS = 300;

/** One host in full. */
export const fleetHost = v.object({
  row: fleetRow,
  presence: v.nullable(hostPresence),
  history: v.pipe(v.array(fleetPoint), v.maxLength(2 * HISTORY_POINTS)),
  /** Since when `history` was kept. */
  sinceMs: moment,
});
export type FleetHost = v.InferOutput<typeof fleetHost>;
