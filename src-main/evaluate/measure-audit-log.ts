// An audit log of so many entries in, what it takes to write, verify and keep it out.
// Run: node src-main/evaluate/measure-audit-log.ts [--entries N] [--decisions N]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Decision } from '../../src-preload/contract.ts';
import { createEvidenceRecorder } from '../agent/decide/evidence-recorder.ts';
import { step, type Standing } from '../agent/decide/step.ts';
import { unknownTrust } from '../agent/fuse/trust-filter.ts';
import { CROWD_SIZE } from '../agent/infer/graph-crowd.ts';
import { createRandom } from '../agent/learn/random.ts';
import { DEFAULT_SETTINGS } from '../agent/settings.ts';
import { createCipher } from '../agent/store/cipher.ts';
import { openStore } from '../agent/store/open-store.ts';
import { verifyFile } from '../agent/store/audit-log/verify-file.ts';

const VERSION = 'measured';
const KEY = new Uint8Array(32).fill(7);

/** Decisions of somebody who types, each after three ticks against the whole crowd; and what recording a tick costs, in milliseconds. */
function decided(count: number): {
  readonly made: readonly (readonly [Decision, Uint8Array | undefined])[];
  readonly tickMs: number;
} {
  const { fusion, decision } = DEFAULT_SETTINGS;
  const settings = { fusion, decision };
  const random = createRandom(1);
  const recorder = createEvidenceRecorder(VERSION);
  let now: Standing = { trust: unknownTrust(fusion), machine: { state: 'NORMAL', recent: [] }, points: new Map() };
  const made: (readonly [Decision, Uint8Array | undefined])[] = [];
  let [recordingMs, ticks] = [0, 0];
  for (; made.length < count; ticks++) {
    const drift = now.machine.state === 'NORMAL' ? 1 : -3;
    const against = Float64Array.from({ length: CROWD_SIZE }, () => Math.fround(random.normal() + drift));
    const input = {
      dtS: 1,
      ready: true,
      evidence: [{ modality: 'keystroke', share: 0.2, against }],
      scored: ['keystroke'],
    } as const;
    const startMs = performance.now();
    recorder.add(now, input, settings);
    recordingMs += performance.now() - startMs;
    const { after } = step(now, input, settings);
    const [from, to] = [now.machine.state, after.machine.state];
    now = after;
    if (from === to) continue;
    const trust = 100 / (1 + Math.exp(-after.trust.logit));
    const points = Object.fromEntries(after.points);
    // Half an hour apart, so that all of them are kept.
    const atMs = made.length * 1_800_000;
    made.push([{ atMs, from, to, trust, points, reason: 'measured' }, recorder.take(atMs)]);
    now = { ...now, points: new Map() };
  }
  return { made, tickMs: recordingMs / ticks };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function measure(entries: number, decisions: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-audit-log-'));
  try {
    const { made, tickMs } = decided(decisions);
    const bytes = made.map(([, evidence]) => evidence?.byteLength ?? 0);
    const { store } = await openStore(folder, { key: KEY });
    const others = entries - 2 * decisions;
    const writeMs = performance.now();
    for (const [decision, evidence] of made) store.addDecision(decision, evidence);
    for (let n = 0; n < others; n++) {
      store.addAudit({
        atMs: n * 1000,
        kind: 'setting',
        text: 'The threshold of normal was changed from 70 to 75 points.',
      });
      if (n % 1000 === 0) store.flush();
    }
    store.flush();
    const wroteMs = performance.now() - writeMs;
    store.close();
    const { store: again } = await openStore(folder, { key: KEY });
    const sizeMiB = again.sizeBytes() / 2 ** 20;
    again.close();
    const tookMs: number[] = [];
    const cpuMs: number[] = [];
    for (let round = 0; round < 5; round++) {
      const before = process.cpuUsage();
      const startMs = performance.now();
      const {
        whole,
        entries: found,
        replay,
      } = await verifyFile(path.join(folder, 'seclyzer.db'), createCipher(KEY), { version: VERSION });
      tookMs.push(performance.now() - startMs);
      const { user, system } = process.cpuUsage(before);
      cpuMs.push((user + system) / 1000);
      if (!whole || found !== entries || replay?.same !== decisions)
        throw new Error('the log that was measured is not whole');
    }
    process.stdout.write(
      `${entries} entries, ${decisions} of them decisions with their evidence (${Math.round(bytes.reduce((a, b) => a + b, 0) / decisions)} B on average): ` +
        `${sizeMiB.toFixed(1)} MiB; written in ${((1000 * wroteMs) / entries).toFixed(0)} µs each; verified and replayed in ${median(tookMs).toFixed(0)} ms, ` +
        `${median(cpuMs).toFixed(0)} ms of them on the processor (medians of 5); ${(1000 * tickMs).toFixed(1)} µs a tick to remember it\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { entries: { type: 'string' }, decisions: { type: 'string' } } });
  await measure(Number(values.entries ?? 10_000), Number(values.decisions ?? 150));
}
