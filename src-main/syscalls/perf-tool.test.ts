import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPerfReader } from './perf-tool.ts';

test('two lines are a reading: all calls, and those that failed', () => {
  const read = createPerfReader();
  assert.deepEqual(read('     1.001087287,7932,,raw_syscalls:sys_exit,2019614120,100.00,,'), { kind: 'part' });
  assert.deepEqual(read('     1.001087287,137,,raw_syscalls:sys_exit,2019611545,100.00,,'), {
    kind: 'reading',
    counted: { seconds: 1.001087287, calls: [{ name: 'all', count: 7932, errors: 137, latencyLog2Ns: [] }] },
  });
  read('     2.501087287,300,,raw_syscalls:sys_exit,2019614120,100.00,,');
  const next = read('     2.501087287,0,,raw_syscalls:sys_exit,2019614120,100.00,,');
  assert.ok(next.kind === 'reading');
  assert.deepEqual([next.counted.seconds.toFixed(6), next.counted.calls[0]?.count], ['1.500000', 300]);
});

test('a second without any call, and a line that was lost', () => {
  const read = createPerfReader();
  read('1.0,<not counted>,,raw_syscalls:sys_exit,0,100.00,,');
  const quiet = read('1.0,<not counted>,,raw_syscalls:sys_exit,0,100.00,,');
  assert.deepEqual(quiet, { kind: 'reading', counted: { seconds: 1, calls: [] } });
  read('2.0,10,,raw_syscalls:sys_exit,0,100.00,,');
  read('3.0,20,,raw_syscalls:sys_exit,0,100.00,,');
  const found = read('3.0,1,,raw_syscalls:sys_exit,0,100.00,,');
  assert.ok(found.kind === 'reading');
  assert.deepEqual([found.counted.seconds, found.counted.calls[0]?.count], [2, 20]);
});

test('everything else is malformed', () => {
  const read = createPerfReader();
  for (const line of [
    'Error:',
    'event syntax error',
    '1.0,<not supported>,,raw_syscalls:sys_exit,0',
    '1.0,5,,cycles,0',
  ])
    assert.equal(read(line).kind, 'malformed', line);
});
