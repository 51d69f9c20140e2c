// For tests and measurements. Invented hosts out, the same for the same number; and all of them kept in a Redis by the writer that agents use.
import type { RedisClientType } from '@redis/client';
import type { HostPresence } from '../../src-preload/fleet.ts';
import { SYSTEM_ALARM } from '../agent/collect/keep-running.ts';
import { startPresence, type PresenceWriter } from '../agent/publish/fleet/presence-writer.ts';

const START_MS = Date.UTC(2026, 4, 4, 8);
const NAMES = ['ada', 'grace', 'linus', 'margaret', 'dennis', 'barbara', 'ken', 'radia'];

const idOf = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** One in a hundred is locked down, some are restricted, monitored, paused or still learn; some have incidents, one is over its budget. */
export function simulatedPresence(index: number, turn = 0): HostPresence {
  const kind = index % 100;
  const learning = kind === 3;
  const trust = learning ? null : kind === 0 ? 12 : kind === 1 ? 41 : kind === 2 ? 63 : 78 + ((index * 7 + turn) % 20);
  const state: HostPresence['state'] =
    trust === null
      ? 'LEARNING'
      : trust < 35
        ? 'LOCKDOWN'
        : trust < 50
          ? 'RESTRICTED'
          : trust < 70
            ? 'MONITORING'
            : 'NORMAL';
  const high = kind === 4 ? 1 : 0;
  const user = NAMES[index % NAMES.length] ?? 'ada';
  const decision = (atMs: number, from: HostPresence['state']): HostPresence['decisions'][number] => ({
    ...{ atMs, from, to: state, trust, points: { keystroke: -31.2, mouse: -8 } },
    reason: 'Trust fell to 41: hold times and the pauses between keys are not those of the owner.',
  });
  return {
    ...{ format: 1, id: idOf(index), host: `desk-${String(index).padStart(4, '0')}`, user, version: '0.1.0' },
    ...{ role: index % 3 === 0 ? 'collector' : 'all', source: 'live', startedMs: START_MS },
    ...{ state, sinceMs: START_MS + 60_000, paused: kind === 5 ? { sinceMs: START_MS, untilMs: null } : null },
    ...{ screen: kind === 6 ? 'locked' : 'open', trust },
    low: trust === null ? null : Math.max(0, trust - 9),
    high: trust === null ? null : Math.min(100, trust + 4),
    modalities: [
      { modality: 'keystroke', status: kind === 7 ? 'unavailable' : learning ? 'learning' : 'scoring', score: trust },
      { modality: 'mouse', status: kind === 7 ? 'unavailable' : 'waiting', score: null },
      { modality: 'app', status: 'scoring', score: 61 },
    ],
    open: { LOW: kind === 8 ? 2 : 0, MEDIUM: 0, HIGH: high, CRITICAL: 0 },
    incidents:
      high === 0
        ? []
        : [
            {
              atMs: START_MS + 90_000,
              risk: 'HIGH',
              technique: 'T1110.001 Brute Force: Password Guessing',
              alerts: 12,
            },
          ],
    anomalies: kind === 9 ? [{ atMs: START_MS, metric: 'The processor’s load', severity: 'unusual' }] : [],
    budget: {
      memoryMiB: { used: kind === 10 ? 431 : 90 + ((index + turn) % 9), limit: 400 },
      cpuPercent: { used: 0.4 + (turn % 3) / 10, limit: 6 },
      storageMiB: { used: 12.3, limit: 1024 },
    },
    governor: [
      { ladder: 'load', step: kind === 10 ? 2 : 0, of: 8, name: kind === 10 ? 'Judges every 2 s' : 'Everything is on' },
      { ladder: 'storage', step: 0, of: 4, name: 'Everything is on' },
    ],
    decisions: state === 'NORMAL' || trust === null ? [] : [decision(START_MS + 60_000, 'NORMAL')],
  };
}

export interface SimulatedHosts {
  /** As a power cut: nothing is signed off. */
  readonly silence: (index: number) => void;
  readonly stop: () => Promise<void>;
}

/** @param spreadMs over which they begin, as real ones do. Each tells something new with every turn. */
export function simulateHosts(client: RedisClientType, many: number, spreadMs: number): SimulatedHosts {
  const silent = new Set<number>();
  const writers = new Map<number, PresenceWriter>();
  const begin = (index: number): void => {
    let turn = 0;
    const line = {
      run: <T>(work: (client: RedisClientType) => Promise<T>) =>
        silent.has(index) ? Promise.reject(new Error('cut off')) : work(client),
    };
    const presence = (): HostPresence => simulatedPresence(index, turn++);
    const notice = (text: string | null): void => {
      if (text !== null) process.stderr.write(`${text}\n`);
    };
    writers.set(index, startPresence({ line, presence, alarm: SYSTEM_ALARM, wallMs: Date.now, notice }));
  };
  const timers = Array.from({ length: many }, (_, index) => setTimeout(begin, (index / many) * spreadMs, index));
  return {
    silence: (index) => void silent.add(index),
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(Array.from(writers.values(), (writer) => writer.stop()));
    },
  };
}
