// What the tests of system calls stand on: the helper as root runs it in a terminal, processes that wait to be let go, and the counts of
// strace beside ours.
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseMessage } from '../src-main/agent/collect/syscalls/wire.ts';
import type { SyscallReading } from '../src-main/agent/monitor/syscalls-type.ts';
import { chooseTool, THIS_MACHINE } from '../src-main/syscalls/requirements.ts';

export const CLI = fileURLToPath(new URL('../src-main/cli.ts', import.meta.url));
export const DD = 'exec dd if=/dev/zero of=/dev/null bs=512 count=60000';
export const OPENS = `exec "${process.execPath}" -e '
  const { openSync } = require("node:fs");
  let failed = 0;
  for (let i = 0; i < 30000; i++) try { openSync("/nowhere/at/all"); } catch { failed++; }'`;
/** Of strace and perf beside ours. */
const TOLERANCE = 0.02;

/** systemd mounts it at its start; where there is none, root may. Nothing changes by it but what root can read. */
if (process.getuid?.() === 0 && existsSync('/sys/kernel/tracing') && !existsSync('/sys/kernel/tracing/events'))
  spawnSync('mount', ['-t', 'tracefs', 'tracefs', '/sys/kernel/tracing']);
const choice = chooseTool(null);
const missing = !choice.ok
  ? choice.reason
  : choice.tool.source === 'perf'
    ? choice.note
    : THIS_MACHINE.find('strace') === null
      ? 'strace is not installed (Debian package strace)'
      : null;
export const PERF = THIS_MACHINE.find('perf');
/** Why system calls can't be counted here; false when they can. */
export const NOT_COUNTED = missing ?? false;

export function testFolder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'seclyzer-syscalls-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The command as root runs it in a terminal; its readings as they come. */
export async function helper(t: TestContext, socket: string, ...args: string[]) {
  const child = spawn(process.execPath, [CLI, 'syscalls', '--run', '--json', '--socket', socket, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => child.kill('SIGTERM'));
  const readings: SyscallReading[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed = parseMessage(line);
    assert.ok(parsed.ok, line);
    if (parsed.message.kind === 'reading') readings.push(parsed.message.reading);
  });
  const more = async (count: number): Promise<void> => {
    const wanted = readings.length + count;
    const endMs = performance.now() + 40_000;
    while (readings.length < wanted) {
      assert.ok(performance.now() < endMs, 'no reading came');
      await wait(50);
    }
  };
  await more(1);
  return { child, readings, more };
}

/** Waits at its beginning until it is let go; the process stays the same one. */
export function held(
  t: TestContext,
  command: string,
): ChildProcess & { readonly pid: number; readonly go: () => Promise<void> } {
  const child = spawn('sh', ['-c', `read go; ${command}`], { stdio: ['pipe', 'ignore', 'ignore'] });
  t.after(() => child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('sh did not start');
  const go = async (): Promise<void> => {
    const closed = once(child, 'close');
    child.stdin.end('\n');
    await closed;
  };
  return Object.assign(child, { pid: child.pid, go });
}

export function sumOf(readings: readonly SyscallReading[], name: string): { count: number; errors: number } {
  const calls = readings.flatMap((reading) => reading.calls.filter((call) => call.name === name));
  return {
    count: calls.reduce((n, { count }) => n + count, 0),
    errors: calls.reduce((n, { errors }) => n + errors, 0),
  };
}

/** Calls and errors of a command by name, as strace counts them. */
export function straced(command: string): Map<string, { count: number; errors: number }> {
  const args = ['-f', '-c', '-U', 'calls,errors,name', 'sh', '-c', `true; ${command}`];
  const { stderr, status } = spawnSync('strace', args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  assert.equal(status, 0, stderr);
  const rows = [...stderr.matchAll(/^ *(\d+) +(\d+)? +(?!total$)([a-z_0-9]+)$/gm)];
  return new Map(
    rows.map(([, calls, errors, name = '']) => [name, { count: Number(calls), errors: Number(errors ?? 0) }]),
  );
}

export function near(what: string, ours: number, theirs: number): void {
  assert.ok(Math.abs(ours - theirs) <= TOLERANCE * theirs, `${what}: ${ours}, not ${theirs}`);
}
