// Records what the live collectors publish, and drives a real keyboard and mouse with xdotool. For tests.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Availability, Collector } from '../src-main/agent/collect/collector.ts';
import { liveCollectors } from '../src-main/agent/collect/index.ts';
import type { InputEvent } from '../src-main/agent/events.ts';

export interface Recorder {
  readonly events: InputEvent[];
  readonly reports: Availability[];
  readonly stop: () => Promise<void>;
}

/** Fails on a refused event. */
export async function record(collectors: readonly Collector[] = liveCollectors()): Promise<Recorder> {
  const events: InputEvent[] = [];
  const reports: Availability[] = [];
  const sink = {
    publish: (event: InputEvent) => void events.push(event),
    report: (availability: Availability) => void reports.push(availability),
    refuse: (reason: string) => assert.fail(reason),
  };
  await Promise.all(collectors.map((collector) => collector.start(sink)));
  return {
    events,
    reports,
    stop: async () => {
      await Promise.all(collectors.map((collector) => collector.stop()));
    },
  };
}

/** Runs a script of xdotool commands, then gives the events time to arrive. */
export async function xdotool(script: string, display: string): Promise<void> {
  const child = spawn('xdotool', ['-'], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, DISPLAY: display },
  });
  child.stdin.end(`${script}\n`);
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  await sleep(300);
}
