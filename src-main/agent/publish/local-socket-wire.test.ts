import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineSplitter, LineTooLong, readGreeting, toLine } from './local-socket-wire.ts';

test('lines come out whole, however the bytes are cut, also within a letter', () => {
  const bytes = Buffer.from('{"a":"é€😀"}\n\n[1]\nrest', 'utf8');
  for (let cut = 0; cut <= bytes.length; cut++) {
    const split = createLineSplitter(20);
    const lines = [...split(bytes.subarray(0, cut)), ...split(bytes.subarray(cut))];
    assert.deepEqual(lines, ['{"a":"é€😀"}', '', '[1]'], `cut at ${cut}`);
    assert.deepEqual(split(Buffer.from('\n')), ['rest']);
  }
});

test('a line may have as many characters as allowed and no more, ended or not', () => {
  assert.deepEqual(createLineSplitter(4)(Buffer.from('1234\n')), ['1234']);
  assert.throws(() => createLineSplitter(4)(Buffer.from('12345\n')), LineTooLong);
  const split = createLineSplitter(4);
  assert.deepEqual(split(Buffer.from('a\n123')), ['a']);
  assert.deepEqual(split(Buffer.from('4')), []);
  assert.throws(() => split(Buffer.from('5')), LineTooLong);
});

test('a message is one line, whatever it says', () => {
  assert.equal(toLine({ text: 'a\nb' }), '{"text":"a\\nb"}\n');
});

test('a greeting is read, anything else is none', () => {
  const good = { ok: true, pid: 7, version: '1.2.3', startedMs: 5 };
  assert.deepEqual(readGreeting(good), good);
  assert.deepEqual(readGreeting({ ok: false, error: 'full' }), { ok: false, error: 'full' });
  for (const wrong of [null, {}, { ...good, pid: 0 }, { ...good, pid: '7' }, { ok: false }, { push: 'snapshot' }]) {
    assert.equal(readGreeting(wrong), null);
  }
});
