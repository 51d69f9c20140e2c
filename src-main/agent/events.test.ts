import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvent, parseEventLine } from './events.ts';

const key = { type: 'keystroke', ts: 1_701_423_846_000_000, key: 'a', event: 'press' };
const reason = (value: unknown, nowUs?: number): string => {
  const parsed = parseEvent(value, nowUs);
  return parsed.ok ? 'accepted' : parsed.reason;
};

test('the events of the format are accepted', () => {
  const mouse = { type: 'mouse', ts: 1, x: 100, y: 200 };
  for (const event of [
    key,
    { ...mouse, event: 'move' },
    { ...mouse, event: 'press', button: 'Left' },
    { ...mouse, event: 'scroll', scroll_delta: -1 },
    { type: 'app', ts: 1, app_name: 'firefox', event: 'focus' },
  ]) {
    assert.deepEqual(parseEvent(event), { ok: true, event });
  }
});

test('what is wrong is named, what was typed is not', () => {
  assert.match(reason({ ...key, ts: 1.5 }), /"ts"/);
  assert.match(reason({ ...key, ts: undefined }), /"ts" is missing/);
  assert.match(reason({ ...key, event: 'hold' }), /"event"/);
  assert.match(reason({ ...key, type: 'voice' }), /"type"/);
  assert.match(reason(null), /not an event object/);
  assert.match(reason({ type: 'mouse', ts: 1, x: 1, y: 1, event: 'press', button: 'Fourth' }), /"button"/);
  const secret = 'hunter2'.repeat(20);
  assert.doesNotMatch(reason({ ...key, key: secret }), /hunter2/);
  assert.doesNotMatch(reason({ ...key, [secret]: secret, event: secret }), /hunter2/);
});

test('an event from the future is refused, a little ahead of the clock is not', () => {
  assert.match(reason(key, key.ts - 60_000_000), /"ts" lies 60 s in the future/);
  assert.equal(reason(key, key.ts - 4_000_000), 'accepted');
});

test('a line that is no JSON is refused', () => {
  assert.deepEqual(parseEventLine('{"type":"keys'), { ok: false, reason: 'not a JSON object' });
});
