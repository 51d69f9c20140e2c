import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bpftraceProgram, createBpftraceReader } from './bpftrace-tool.ts';

const nameOf = (number: number): string => ({ 0: 'read', 1: 'write', 257: 'openat' })[number] ?? `call_${number}`;
const bucket = (min: number, max: number, count: number) => ({ min, max, count });
const hist = (data: unknown): string => JSON.stringify({ type: 'hist', data: { '@l': data } });
const errors = (data: unknown): string => JSON.stringify({ type: 'map', data: { '@e': data } });
const moment = (ns: number): string => JSON.stringify({ type: 'printf', data: String(ns) });

test('a reading is what was added since the one before; the first is where counting begins', () => {
  const read = createBpftraceReader(nameOf);
  for (const line of [moment(1e9), hist({ 0: [bucket(512, 1023, 100)] }), errors({}), ''])
    assert.deepEqual(read(line), { kind: 'part' });
  assert.equal(read(moment(2e9)).kind, 'reading');
  read(
    hist({ 0: [bucket(512, 1023, 110), bucket(1024, 2047, 0), bucket(2048, 4095, 5)], 257: [bucket(4096, 8191, 40)] }),
  );
  read(errors({ 257: 3 }));
  const found = read(moment(3.5e9));
  assert.ok(found.kind === 'reading');
  assert.equal(found.counted.seconds, 1.5);
  const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
  assert.deepEqual(found.counted.calls, [
    { name: 'openat', count: 40, errors: 3, latencyLog2Ns: [...zeros(12), 40] },
    { name: 'read', count: 15, errors: 0, latencyLog2Ns: [...zeros(9), 10, 0, 5] },
  ]);
  // Nothing new: nothing told, not the sums again.
  const quiet = read(moment(4.5e9));
  assert.ok(quiet.kind === 'reading');
  assert.deepEqual(quiet.counted.calls, []);
});

test('what took no nanosecond, one, or hours has its bucket too', () => {
  const read = createBpftraceReader(nameOf);
  read(moment(1));
  read(hist({ 1: [bucket(0, 0, 1), bucket(1, 1, 2), bucket(2, 3, 4), bucket(2 ** 43, 2 ** 44 - 1, 8)] }));
  const found = read(moment(2));
  assert.ok(found.kind === 'reading');
  const [call] = found.counted.calls;
  assert.deepEqual(
    [call?.count, call?.latencyLog2Ns[0], call?.latencyLog2Ns[1], call?.latencyLog2Ns[43]],
    [15, 3, 4, 8],
  );
});

test('never more errors than calls, though the two are read one after the other', () => {
  const read = createBpftraceReader(nameOf);
  read(moment(1));
  read(hist({ 0: [bucket(8, 15, 2)] }));
  read(errors({ 0: 5 }));
  const found = read(moment(2));
  assert.ok(found.kind === 'reading');
  assert.equal(found.counted.calls[0]?.errors, 2);
});

test('lines that bpftrace does not write are malformed; others of its own are passed over', () => {
  const read = createBpftraceReader(nameOf);
  const bad = [
    ...['nonsense', '{', '[]', '{"data":1}', hist(7), hist({ read: [] }), hist({ 0: [{ max: 3, count: 1 }] })],
    ...[hist({ 0: [bucket(8, 15, -1)] }), errors({ 0: 'many' }), '{"type":"printf","data":"soon"}', '{"type":"map"}'],
  ];
  for (const line of bad) assert.equal(read(line).kind, 'malformed', line);
  const fine = ['{"type":"attached_probes","data":{"probes":5}}', '{"type":"map","data":{"@s":{"1":5}}}'];
  for (const line of fine) assert.equal(read(line).kind, 'part', line);
});

test('the program takes numbers out of the kernel and nothing else', () => {
  const program = bpftraceProgram(null);
  assert.doesNotMatch(program, /str\(|buf\(|comm|args->args|join\(|path/);
  assert.match(bpftraceProgram(42), /sys_enter \/pid == 42\/[\s\S]*sys_exit \/pid == 42 && @s\[tid\]\//);
});
