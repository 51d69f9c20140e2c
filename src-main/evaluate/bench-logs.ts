// Lines of an attacked server in, what the log guard needs for them out: parsing, vectors, the forest, alerts, and a whole cycle.
import { randomBytes } from 'node:crypto';
import { createAlertDesk } from '../agent/guard/alert/alert-desk.ts';
import { createIncidentDesk } from '../agent/guard/alert/incidents.ts';
import { READING, type LogSource } from '../agent/collect/logs-source.ts';
import { startEngine } from '../agent/guard/engine.ts';
import { LEAST_VECTORS, trainBaseline, type Baseline } from '../agent/guard/score/baseline.ts';
import { createScorer } from '../agent/guard/score/scorer.ts';
import { findIn } from '../agent/guard/score/rules.ts';
import { createGuardStore } from '../agent/guard/guard-store.ts';
import { openGuardMemory } from '../agent/guard/open-guard-store.ts';
import { FEATURE_COUNT, vectorOf } from '../agent/guard/features/log-features.ts';
import { createWatch, type Scene } from '../agent/guard/features/watch.ts';
import { createParser, newTally, type Parser } from '../agent/guard/parse/parser.ts';
import { attackedServer } from '../agent/guard/demo/attacked-server.ts';
import { guardConfig } from '../agent/guard/profile.ts';
import { createRandom } from '../agent/learn/random.ts';
import { createCipher, KEY_BYTES } from '../agent/store/cipher.ts';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import type { Figure } from './bench-figure.ts';
import { cycled, timeEachMs, timeMs } from './bench-timing.ts';

const LINES = 1000;
const VECTORS = 100;
const START_MS = Date.UTC(2026, 0, 5, 8);
const CONFIG = guardConfig(DEFAULT_USER_SETTINGS.guard);

export function logFigures(): readonly Figure[] {
  const common = { unit: 'ms', better: 'less', statistic: 'median' } as const;
  return [
    { ...common, name: 'logs-parse-1000', reference: 20, goal: 2, measure: measureParsing },
    { ...common, name: 'logs-vectors-100', reference: 15, goal: 0.5, measure: measureVectors },
    { ...common, name: 'logs-batch', reference: 50, goal: 1, measure: measureBatch },
    { ...common, name: 'logs-alert', reference: 1, goal: 0.05, measure: measureAlerts },
    { ...common, name: 'logs-cycle-1000', reference: null, goal: 5, measure: measureCycle },
  ];
}

/** A thousand lines at a time. */
function blocks(count: number, gapS?: number): readonly (readonly string[])[] {
  const lines: string[] = [];
  for (const block of attackedServer(START_MS, createRandom(7), gapS)) {
    lines.push(...block);
    if (lines.length >= count * LINES) break;
  }
  return Array.from({ length: count }, (_, i) => lines.slice(i * LINES, (i + 1) * LINES));
}

const parser = (): Parser =>
  createParser({ format: 'lines', role: 'all', notAfterMs: () => START_MS + 86_400_000 }, newTally());

function measureParsing(): Promise<readonly number[]> {
  const lines = blocks(20);
  const { read } = parser();
  let events = 0;
  const took = timeMs(
    (call) => {
      for (const line of cycled(lines, call)) if (read(line) !== null) events += 1;
    },
    { warmUp: 40, samples: 200 },
  );
  if (events === 0) throw new Error('no line was understood');
  return Promise.resolve(took);
}

/** Scenes of events that make vectors, the state around them as it is in the middle of an attack. */
function scenes(): readonly Scene[] {
  const watch = createWatch({ windowMs: CONFIG.windowMs, addresses: CONFIG.addresses, users: CONFIG.users });
  const { read } = parser();
  return blocks(4)
    .flat()
    .flatMap((line) => {
      const event = read(line);
      const scene = event === null ? null : watch.take(event, line);
      return scene !== null && (scene.event.kind === 'login-failed' || scene.event.kind === 'privilege') ? [scene] : [];
    });
}

function measureVectors(): Promise<readonly number[]> {
  const all = scenes().slice(-VECTORS);
  let sum = 0;
  const took = timeMs(
    () => {
      for (const scene of all) sum += vectorOf(scene, CONFIG.windowMs)[0] ?? 0;
    },
    { warmUp: 200, samples: 500 },
  );
  if (all.length !== VECTORS || sum === 0) throw new Error('there were no vectors to measure');
  return Promise.resolve(took);
}

function baselineOf(rows: readonly Float32Array[]): Baseline {
  const flat = new Float32Array(Math.max(rows.length, LEAST_VECTORS) * FEATURE_COUNT);
  for (let i = 0; i * FEATURE_COUNT < flat.length; i += 1) flat.set(cycled(rows, i), i * FEATURE_COUNT);
  return trainBaseline(flat, 0, 1);
}

async function measureBatch(): Promise<readonly number[]> {
  const rows = scenes().map((scene) => vectorOf(scene, CONFIG.windowMs));
  // Nothing is remembered: every batch is asked for.
  const scorer = createScorer(baselineOf(rows), { batch: VECTORS, cacheTtlMs: 0 });
  try {
    return await timeEachMs((call) => scorer.score(rows.slice(call % 100, (call % 100) + VECTORS), call), {
      warmUp: 50,
      samples: 300,
    });
  } finally {
    await scorer.release();
  }
}

/** From what the rules have found and the forest has said to an alert in its incident: words, reasons, lines. */
function measureAlerts(): Promise<readonly number[]> {
  const all = scenes();
  const baseline = baselineOf(all.map((scene) => vectorOf(scene, CONFIG.windowMs)));
  const candidates = all.flatMap((scene) => {
    const findings = findIn(scene, { windowMs: CONFIG.windowMs });
    const vector = vectorOf(scene, CONFIG.windowMs);
    return findings.length === 0
      ? []
      : [{ scene, findings, events: 1, firstMs: scene.event.atMs, vector, windowMs: CONFIG.windowMs }];
  });
  // Without a pause between two of the same, so that each of them is made anew.
  const alerts = createAlertDesk({ threshold: 0.4, cooldownMs: 0 });
  const incidents = createIncidentDesk();
  let made = 0;
  const took = timeMs(
    (call) => {
      const one = alerts.take(cycled(candidates, call), baseline, (alert) => incidents.take(alert).id);
      if (one !== null) made += 1;
    },
    { warmUp: 50, samples: 300, batch: 20 },
  );
  if (made === 0) throw new Error('no alert was made');
  return Promise.resolve(took);
}

/** A thousand events through everything, read in one batch and written down in the end, as the agent does it. */
async function measureCycle(): Promise<readonly number[]> {
  // All within seconds, as they come while a machine is under attack.
  const lines = eventsOnly(blocks(140, 0.01));
  let block = 0;
  const source: LogSource = {
    ...{ name: 'bench', format: 'lines', role: 'all', state: () => READING, close: () => Promise.resolve() },
    notAfterMs: () => START_MS + 86_400_000,
    read: () => {
      const from = String(block * LINES);
      const part = lines.slice(block * LINES, (block + 1) * LINES);
      block += 1;
      return Promise.resolve({
        lines: part,
        position: String(block * LINES),
        from,
        warm: false,
        more: false,
        notes: [],
      });
    },
  };
  const cipher = createCipher(randomBytes(KEY_BYTES));
  const store = createGuardStore(openGuardMemory(cipher), cipher);
  const engine = await startEngine({
    ...{ config: CONFIG, store, sources: [source], nowMs: () => START_MS },
    onCycle: () => undefined,
    onTrouble: (sentence) => {
      throw new Error(sentence);
    },
  });
  try {
    await engine.core.useBaseline(baselineOf(scenes().map((scene) => vectorOf(scene, CONFIG.windowMs))));
    const took = await timeEachMs(engine.poll, { warmUp: 40, samples: 40 });
    if (engine.counts().events < 70 * LINES) throw new Error('the cycles were not whole');
    return took;
  } finally {
    await engine.stop();
    store.close();
  }
}

/** Of the lines those that make an event. */
function eventsOnly(all: readonly (readonly string[])[]): readonly string[] {
  const { read } = parser();
  return all.flat().filter((line) => read(line) !== null);
}
