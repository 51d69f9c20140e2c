// What a user may change, as it stands in the settings file and crosses to the window: one schema, with every default in it.
import * as v from 'valibot';
import { STAGES_SETTINGS } from './stages.ts';

const whole = (from: number, to: number) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(from, `must be at least ${from}`),
    v.maxValue(to, `must be at most ${to}`),
  );
const on = v.optional(v.boolean(), true);
const off = v.optional(v.boolean(), false);
/** A group that is missing is made of its members' defaults. */
const group = <E extends v.ObjectEntries>(entries: E) => v.optional(v.strictObject(entries), {} as never);

/** A file; null: there is none, or it has its usual name in the data folder. */
const file = v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))), null);

/** Hours and minutes of local time, `22:30`. */
const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:30'));

/** Points that two neighbouring thresholds must lie apart: with less, hysteresis would swallow a state. */
const THRESHOLD_GAP = 5;

const thresholds = v.pipe(
  v.strictObject({
    normal: v.optional(whole(20, 95), 70),
    monitoring: v.optional(whole(10, 90), 50),
    restricted: v.optional(whole(1, 85), 35),
  }),
  v.check(
    ({ normal, monitoring, restricted }) =>
      normal >= monitoring + THRESHOLD_GAP && monitoring >= restricted + THRESHOLD_GAP,
    `must fall by at least ${THRESHOLD_GAP} points from normal to monitoring to restricted`,
  ),
);

/** A host's name or address, a port, the number of a database; an IPv6 address in its brackets. */
const REDIS_URL = /^rediss?:\/\/([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?(\/\d{0,5})?$/;

/** The groups one by one, for a change that names some of them. */
const GROUPS = {
  /** What is watched. What is written is looked at only where the user wants it. */
  modalities: group({ keystroke: on, mouse: on, app: on, linguistic: off }),
  /**
   * Through what keyboard and mouse are seen: `x11` the X server, by `xinput` (XInput2) where it has that and else by `uiohook` (XRecord);
   * `evdev` the kernel; `auto` the kernel under Wayland where this user may read it, and else the X server. Takes effect at the next start.
   */
  input: group({ driver: v.optional(v.picklist(['auto', 'x11', 'xinput', 'uiohook', 'evdev']), 'auto') }),
  /** Trust from which each state holds; below the last one is LOCKDOWN. */
  thresholds: v.optional(thresholds, {}),
  notifications: group({
    enabled: on,
    /** Also when trust is back. */
    recovery: on,
    /** No notifications from `from` to `to`, over midnight where `to` is the earlier one; null: at any hour. */
    quiet: v.optional(v.nullable(v.strictObject({ from: timeOfDay, to: timeOfDay })), null),
  }),
  /** Locks the screen, 10 s after the state has become LOCKDOWN. */
  lock: group({ enabled: off }),
  /** Attacks in the log of the machine. What `advanced` leaves out follows from the profile; see `seclyzer logs config`. */
  guard: group({
    enabled: on,
    profile: v.optional(v.picklist(['low-resource', 'balanced', 'high-volume']), 'balanced'),
    /** Score from which something is an alert. */
    threshold: v.optional(v.pipe(v.number(), v.minValue(0.4), v.maxValue(0.95)), 0.4),
    advanced: group({
      pollMs: v.optional(whole(100, 60_000)),
      batchLines: v.optional(whole(50, 20_000)),
      windowS: v.optional(whole(60, 3600)),
      trainingSamples: v.optional(whole(256, 20_000)),
      retrainHours: v.optional(whole(1, 720)),
      queueSize: v.optional(whole(10, 100_000)),
      scoreBatch: v.optional(whole(1, 4096)),
      cacheTtlS: v.optional(whole(0, 3600)),
      cooldownS: v.optional(whole(0, 86_400)),
      keepDays: v.optional(whole(1, 365)),
      keepHighDays: v.optional(whole(1, 365)),
      afterwards: v.optional(v.picklist(['delete', 'archive'])),
      stream: v.optional(v.boolean()),
      addresses: v.optional(whole(64, 100_000)),
      users: v.optional(whole(64, 100_000)),
    }),
  }),
  /** Starts with the session. */
  autostart: off,
  /** Opens the dashboard from everywhere, as Electron writes it: `Ctrl+Alt+S`. */
  shortcut: v.optional(
    v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9]+(\+[A-Za-z0-9]+){1,4}$/, 'must look like Ctrl+Alt+S'))),
    null,
  ),
  /** How long what is kept stays. Of attacks in the log, `guard.advanced` has it. */
  retention: group({
    /** Trust and scores. */
    historyDays: v.optional(whole(1, 365), 30),
    /** Figures of this machine, and what was unusual in them. */
    machineDays: v.optional(whole(1, 365), 30),
    /** The audit log: decisions, locks, settings, and what else the program and its user did. */
    logDays: v.optional(whole(1, 365), 30),
  }),
  /** What the program should not need more than. Where it does for a while, the governor gives something up, step by step. */
  budget: group({
    memoryMiB: v.optional(whole(100, 8192), 400),
    /** Of one core. */
    cpuPercent: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(100)), 6),
    storageMiB: v.optional(whole(20, 102_400), 1024),
    /** While the machine runs on its battery: `slower` judges every 2 s and reads the host every 5 s; `same` changes nothing. */
    onBattery: v.optional(v.picklist(['slower', 'same']), 'slower'),
  }),
  /** The host monitor. */
  monitor: group({
    enabled: on,
    /** Between two readings. */
    intervalSeconds: v.optional(whole(1, 60), 1),
    /** Of processes, with their secrets masked. */
    commandLines: off,
  }),
  /** What other programs may read over HTTP, with a token. */
  api: group({
    /** null: on in the browser host, which serves HTTP anyway, and off in the tray application, which opens no port unasked. */
    enabled: v.optional(v.nullable(v.boolean()), null),
    /** null: 47700, or the next one that is free. */
    port: v.optional(v.nullable(whole(1024, 65_535)), null),
    /** That it listens on. Any other than loopback lets whoever is in that network read along, for nothing encrypts it. */
    address: v.optional(v.pipe(v.string(), v.ip('must be an address such as 127.0.0.1')), '127.0.0.1'),
  }),
  /** A time-series database that is to have features, scores and changes of state: InfluxDB 2 or 3, VictoriaMetrics or one like them. */
  influx: group({
    /** `https://db.example:8086`; null: nothing leaves this machine. */
    url: v.optional(
      v.nullable(
        v.pipe(
          v.string(),
          v.url('must be an address such as https://db.example:8086'),
          v.regex(/^https?:/, 'must begin with http:// or https://'),
          v.regex(/^[^@]*$/, 'must not hold a password: the token has a file of its own'),
        ),
      ),
      null,
    ),
    org: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
    bucket: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)), 'seclyzer'),
    /** Holds the token, for its owner alone; null: `influx-token` in the data folder, and none where there is no such file. */
    tokenFile: file,
    /** What may wait on the disk while the database is away. */
    spoolMiB: v.optional(whole(1, 10_240), 64),
  }),
  /** A Redis of yours that is to have features, scores and changes of state as they come. */
  redis: group({
    /** `rediss://redis.example:6379`, with `/1` for another database than 0; null: there is none, and nothing leaves this machine. */
    url: v.optional(
      v.nullable(
        v.pipe(
          v.string(),
          v.regex(/^rediss?:/, 'must begin with rediss:// or redis://'),
          v.regex(/^[^@]*$/, 'must not hold a user or a password: the password has a file of its own, redis-password'),
          v.regex(REDIS_URL, 'must be an address such as rediss://redis.example:6379'),
          v.url('must be an address such as rediss://redis.example:6379'),
        ),
      ),
      null,
    ),
    /** As Redis knows the program (ACL); empty: `default`. */
    user: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
    /** Holds the password, for its owner alone; null: `redis-password` in the data folder, and none where there is no such file. */
    passwordFile: file,
    /** Whose signature the certificate of the server must bear, as PEM; null: that of an authority that Node.js knows. */
    caFile: file,
    /** What the program shows the server of itself, as PEM; null: nothing. The key is for its owner alone. */
    certFile: file,
    keyFile: file,
    /** The name in the certificate of the server, where it is reached by another; null: the one in the address. */
    serverName: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(253))), null),
    /** Whether windows of features go to the streams that scorers read, as `seclyzer run --role collector` has it: for the tray too. */
    collect: off,
    /** Into how many parts the work of scorers is divided, for whoever begins a fleet; afterwards what was begun with holds. */
    partitions: v.optional(whole(1, 16_384), 16),
    /**
     * Holds the key of the fleet, the same on every collector and scorer, for its owner alone; null: `fleet.key` in the data folder. Made by
     * `seclyzer fleet key`, and asked for by those two roles alone.
     */
    fleetKeyFile: file,
    /** What may wait in memory while Redis is away. */
    bufferMiB: v.optional(whole(1, 256), 4),
  }),
  /** What works here, and what elsewhere, over Redis. */
  stages: group(STAGES_SETTINGS),
} as const;

export const userSettings = v.strictObject(GROUPS);
export type UserSettings = v.InferOutput<typeof userSettings>;

/** Some of the groups, each whole. */
export const settingsChange = v.partial(userSettings);
export type SettingsChange = { readonly [K in keyof UserSettings]?: UserSettings[K] | undefined };

export const DEFAULT_USER_SETTINGS: UserSettings = v.parse(userSettings, {});

/** Whether something can be done on this machine; if not, why, and the one thing to do about it. */
export const ability = v.object({
  available: v.boolean(),
  reason: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
  fix: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
});
export type Ability = v.InferOutput<typeof ability>;

/** Whether the API is to be there. */
export const apiWanted = ({ api }: UserSettings, host: 'tray' | 'browser'): boolean =>
  api.enabled ?? host === 'browser';

/** What the program around the agent can do; said by that program. */
export const hostAbilities = v.object({ notifications: ability, autostart: ability, shortcut: ability });
export type HostAbilities = v.InferOutput<typeof hostAbilities>;
