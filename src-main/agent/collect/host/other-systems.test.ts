// The way of the other systems, walked here: systeminformation answers on Linux as well.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { test } from 'node:test';
import type { MetricData } from '../../../../src-preload/contract.ts';
import { readHostFacts } from './host-facts.ts';
import { hostSources } from './index.ts';

/** By proc_pid_status(5); null where there is no such process any more. */
function residentMiB(pid: number): number | null {
  const file = `/proc/${pid}/status`;
  const line = existsSync(file) ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8')) : null;
  return line === null ? null : Number(line[1]) / 1024;
}

test('the names of metrics are those of Linux, and the sizes right', async () => {
  const linux = new Map(hostSources({ commandLines: () => false }, 'linux').map((source) => [source.name, source]));
  for (const source of hostSources({ commandLines: () => true }, 'darwin')) {
    assert.equal(linux.get(source.name)?.eventType, source.eventType, source.name);
    const reader = source.open();
    const data: MetricData | null = await reader.read({ timestampUs: 0, steadyMs: 0, elapsedS: null });
    reader.close();
    assert.ok(data !== null, source.name);
    if (source.name === 'memory') assert.equal(data.values['totalMiB'], totalmem() / 2 ** 20);
    // Whatever else runs here is what is listed; of what has not ended meanwhile, Linux says the same.
    if (source.name === 'processes')
      assert.ok(data.top?.byMemory.some(({ pid, rssMiB }) => Math.abs(rssMiB / (residentMiB(pid) ?? NaN) - 1) < 0.1));
  }
});

test('what does not change', async () => {
  const { cores, memoryMiB, kernel } = await readHostFacts();
  assert.ok(cores >= 1 && memoryMiB > 100 && kernel !== '');
});
