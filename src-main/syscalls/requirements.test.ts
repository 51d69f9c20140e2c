import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseTool, type Machine } from './requirements.ts';

const TRACEPOINT = '/sys/kernel/tracing/events/raw_syscalls/sys_exit/id';
const FILES = ['/sys/kernel/tracing', TRACEPOINT, '/sys/kernel/btf/vmlinux'];
const TOOLS = ['bpftrace', 'perf'];

function machine(change: Partial<Machine> & { files?: readonly string[]; tools?: readonly string[] } = {}): Machine {
  const { files = FILES, tools = TOOLS, ...rest } = change;
  return {
    ...{ platform: 'linux', isRoot: true },
    exists: (path) => files.includes(path),
    find: (name) => (tools.includes(name) ? `/usr/bin/${name}` : null),
    ...rest,
  };
}

test('bpftrace where it works', () => {
  const choice = chooseTool(null, machine());
  assert.ok(choice.ok);
  assert.deepEqual([choice.tool.source, choice.tool.command, choice.note], ['bpftrace', '/usr/bin/bpftrace', null]);
});

test('perf where bpftrace is missing, can not work or has failed, each with the reason', () => {
  const reasons = [
    [machine({ tools: ['perf'] }), null, /bpftrace is not installed \(sudo apt-get install bpftrace\)/],
    [machine({ files: FILES.slice(0, 2) }), null, /CONFIG_DEBUG_INFO_BTF/],
    [machine(), 'bpftrace has ended: boom', /boom/],
  ] as const;
  for (const [one, without, reason] of reasons) {
    const choice = chooseTool(null, one, without);
    assert.ok(choice.ok);
    assert.equal(choice.tool.source, 'perf');
    assert.match(choice.note ?? '', reason);
  }
});

test('what is missing is named, with what to do about it', () => {
  const lacks = [
    [machine({ platform: 'darwin' }), /Linux alone/, /without/],
    [machine({ isRoot: false }), /only root/, /sudo/],
    [machine({ files: [] }), /no tracefs/, /CONFIG_FTRACE/],
    [machine({ files: ['/sys/kernel/tracing'] }), /not mounted/, /mount -t tracefs/],
    [machine({ tools: [] }), /bpftrace is not installed.*perf/, /apt-get install bpftrace/],
    [machine({ tools: ['bpftrace'], files: FILES.slice(0, 2) }), /types.*perf/, /apt-get install linux-perf/],
  ] as const;
  for (const [one, reason, fix] of lacks) {
    const choice = chooseTool(null, one);
    assert.ok(!choice.ok);
    assert.match(choice.reason, reason);
    assert.match(choice.fix, fix);
  }
});

test('one process alone, with either', () => {
  const one = chooseTool(7, machine());
  assert.ok(one.ok && one.tool.args.some((arg) => arg.includes('pid == 7')));
  const other = chooseTool(7, machine({ tools: ['perf'] }));
  assert.ok(other.ok && other.tool.args.join(' ').includes('-p 7') && !other.tool.args.includes('-a'));
});
