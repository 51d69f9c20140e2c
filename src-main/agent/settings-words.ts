// The user's settings before and after a change in, one plain sentence for each that has changed out: what the audit log keeps.
import { isDeepStrictEqual } from 'node:util';
import type { UserSettings } from '../../src-preload/contract.ts';

type Sentence = (before: UserSettings, after: UserSettings) => string | null;

const setting =
  <T>(of: (settings: UserSettings) => T, say: (before: T, after: T) => string): Sentence =>
  (before, after) =>
    isDeepStrictEqual(of(before), of(after)) ? null : say(of(before), of(after));

const turned =
  (what: string) =>
  (_: boolean, on: boolean): string =>
    `${what} turned ${on ? 'on' : 'off'}.`;

const moved =
  (what: string, unit = '') =>
  (before: number | string, after: number | string): string =>
    `${what}: ${before} → ${after}${unit}.`;

/** Of what may be missing, or empty. */
const placed =
  (what: string, otherwise = 'none') =>
  (before: string | null, after: string | null): string =>
    `${what}: ${before || otherwise} → ${after || otherwise}.`;

const hours = (quiet: UserSettings['notifications']['quiet']): string =>
  quiet === null ? 'none' : `${quiet.from} to ${quiet.to}`;

type Advanced = UserSettings['guard']['advanced'];

function changedKeys(before: Advanced, after: Advanced): string {
  const keys = (Object.keys({ ...before, ...after }) as (keyof Advanced)[]).filter((key) => before[key] !== after[key]);
  const changes = keys.map((key) => `${key} ${after[key] ?? 'as in the profile'}`);
  return `Advanced settings of the log guard: ${changes.join(', ')}.`;
}

const SENTENCES: readonly Sentence[] = [
  setting((s) => s.modalities.keystroke, turned('Watching typing was')),
  setting((s) => s.modalities.mouse, turned('Watching the mouse was')),
  setting((s) => s.modalities.app, turned('Watching applications was')),
  setting((s) => s.modalities.linguistic, turned('Watching writing was')),
  setting(
    (s) => s.input.driver,
    (before, after) => `Keyboard and mouse are read through: ${before} → ${after}, from the next start on.`,
  ),
  setting((s) => s.thresholds.normal, moved('The threshold of normal')),
  setting((s) => s.thresholds.monitoring, moved('The threshold of monitoring')),
  setting((s) => s.thresholds.restricted, moved('The threshold of restricted')),
  setting((s) => s.notifications.enabled, turned('Notifications were')),
  setting((s) => s.notifications.recovery, turned('Notifications of recovery were')),
  setting(
    (s) => s.notifications.quiet,
    (before, after) => `Quiet hours: ${hours(before)} → ${hours(after)}.`,
  ),
  setting((s) => s.guard.enabled, turned('The log guard was')),
  setting(
    (s) => s.guard.profile,
    (before, after) => `The profile of the log guard: ${before} → ${after}.`,
  ),
  setting((s) => s.guard.threshold, moved('The threshold of the log guard')),
  setting((s) => s.guard.advanced, changedKeys),
  setting((s) => s.lock.enabled, turned('Locking the screen was')),
  setting((s) => s.autostart, turned('Starting with the session was')),
  setting(
    (s) => s.shortcut,
    (before, after) => `The shortcut: ${before ?? 'none'} → ${after ?? 'none'}.`,
  ),
  setting((s) => s.retention.historyDays, moved('Trust and scores are kept for', ' days')),
  setting((s) => s.retention.machineDays, moved('Figures of this machine are kept for', ' days')),
  setting((s) => s.retention.logDays, moved('The audit log is kept for', ' days')),
  setting((s) => s.budget.memoryMiB, moved('The budget of memory', ' MiB')),
  setting((s) => s.budget.cpuPercent, moved('The budget of the processor', ' % of a core')),
  setting((s) => s.budget.storageMiB, moved('The budget of storage', ' MiB')),
  setting(
    (s) => s.budget.onBattery,
    (_, after) => (after === 'slower' ? 'On battery SecLyzer works slower.' : 'On battery SecLyzer works as ever.'),
  ),
  setting((s) => s.monitor.enabled, turned('The host monitor was')),
  setting((s) => s.monitor.intervalSeconds, moved('The host monitor reads every', ' s')),
  setting((s) => s.monitor.commandLines, turned('Reading the command lines of processes was')),
  setting(
    (s) => s.api.enabled,
    (_, on) => (on === null ? 'The API is on or off as this host has it.' : `The API was turned ${on ? 'on' : 'off'}.`),
  ),
  setting(
    (s) => s.api.port,
    (before, after) => `The port of the API: ${before ?? 'the next free one'} → ${after ?? 'the next free one'}.`,
  ),
  setting(
    (s) => s.api.address,
    (before, after) => `The address of the API: ${before} → ${after}.`,
  ),
  setting(
    (s) => s.influx.url,
    (before, after) => `The database: ${before ?? 'none'} → ${after ?? 'none'}.`,
  ),
  setting((s) => s.influx.bucket, moved('The bucket of the database')),
  setting(
    (s) => s.influx.org,
    (before, after) => `The organisation of the database: ${before || 'none'} → ${after || 'none'}.`,
  ),
  setting(
    (s) => s.influx.tokenFile,
    (before, after) => `The token of the database is in: ${before ?? 'influx-token'} → ${after ?? 'influx-token'}.`,
  ),
  setting((s) => s.influx.spoolMiB, moved('What waits for the database may take', ' MiB')),
  setting((s) => s.redis.url, placed('Redis')),
  setting((s) => s.redis.user, placed('The user in Redis', 'default')),
  setting((s) => s.redis.passwordFile, placed('The password of Redis is in', 'redis-password')),
  setting((s) => s.redis.caFile, placed('The authority of Redis is in', 'none of its own')),
  setting((s) => s.redis.certFile, placed('The certificate for Redis is in')),
  setting((s) => s.redis.keyFile, placed('The key for Redis is in')),
  setting((s) => s.redis.serverName, placed('The name in the certificate of Redis', 'as in its address')),
  setting((s) => s.redis.collect, turned('Sending windows of features to scorers was')),
  setting((s) => s.redis.partitions, moved('Partitions of a fleet that is begun here')),
  setting((s) => s.redis.fleetKeyFile, placed('The key of the fleet is in', 'fleet.key')),
  setting((s) => s.redis.bufferMiB, moved('What waits for Redis may take', ' MiB')),
  setting((s) => s.stages.features, moved('Features are measured')),
  setting((s) => s.stages.scoring, moved('Scores are made')),
  setting((s) => s.stages.freshSeconds, moved('A score from elsewhere decides for', ' s')),
  setting((s) => s.stages.trustPoints, moved('Two scores may lie apart', ' points')),
  setting((s) => s.stages.outsidePercent, moved('Differences are told above', ' %')),
];

/** Empty when nothing has changed. */
export const describeChange = (before: UserSettings, after: UserSettings): string[] =>
  SENTENCES.flatMap((sentence) => sentence(before, after) ?? []);
