import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent } from '../events.ts';
import { createRandom } from '../learn/random.ts';
import { graphsOf, graphStream, GRAPH_TYPES, keysOf, secondsOf, type GraphInstance } from './graphs.ts';

const BASE_US = 1_700_000_000_000_000;
/** `+a 0` presses a at 0 ms, `-a 80` releases it at 80 ms. */
const events = (script: string): KeystrokeEvent[] =>
  script.split(', ').map((step) => {
    const [what = '', ms = ''] = step.split(' ');
    const event = what.startsWith('+') ? 'press' : 'release';
    return { type: 'keystroke', ts: BASE_US + Number(ms) * 1000, key: what.slice(1), event };
  });
const named = ({ type, graph, value }: GraphInstance): string =>
  `${GRAPH_TYPES[type]} ${graph} ${(1000 * secondsOf(type, value)).toFixed(0)}`;
const timesOf = (script: string): string[] => graphsOf(events(script)).map(named);

test('each time is given as soon as both its ends are known', () => {
  const stream = graphStream();
  const given = events('+t 0, -t 80, +h 150, -h 240').map((event) => stream.accept(event).map(named));
  assert.deepEqual(given, [[], ['hold t 80'], ['pp t|h 150', 'rp t|h 70'], ['hold h 90', 'rr t|h 160']]);
  assert.equal(stream.strokes(), 2);
});

test('values are logarithms of seconds above an offset, within bounds', () => {
  const [hold, pp, rp, holdOfNext, rr] = graphsOf(events('+t 0, -t 80, +h 150, -h 240'));
  const close = (instance: GraphInstance | undefined, type: number, value: number): void => {
    assert.equal(instance?.type, type);
    assert.ok(Math.abs((instance?.value ?? Number.NaN) - value) < 1e-12);
  };
  close(hold, 0, Math.log(0.03 + 0.08));
  close(holdOfNext, 0, Math.log(0.03 + 0.09));
  close(pp, 1, Math.log(0.03 + 0.15));
  close(rp, 2, Math.log(0.3 + 0.07));
  close(rr, 3, Math.log(0.05 + 0.16));
  close(graphsOf(events('+t 0, -t 1500'))[0], 0, Math.log(0.03 + 0.6));
  close(graphsOf(events('+t 0, -t 5'))[0], 0, Math.log(0.03 + 0.02));
});

test('rollover: the second key is pressed before the first is released, and may be released before it', () => {
  assert.deepEqual(timesOf('+t 0, +h 60, -t 90, -h 130'), [
    'pp t|h 60',
    'hold t 90',
    'rp t|h -30',
    'hold h 70',
    'rr t|h 40',
  ]);
  // Released in the other order: below zero an rr time is cut off at zero, an rp time is not.
  assert.deepEqual(timesOf('+t 0, +h 60, -h 90, -t 120'), [
    'pp t|h 60',
    'hold h 30',
    'hold t 120',
    'rp t|h -60',
    'rr t|h 0',
  ]);
});

test('a lost release costs its own times and no others', () => {
  assert.deepEqual(timesOf('+t 0, +h 100, -h 180, +e 250, -e 320'), [
    'pp t|h 100',
    'hold h 80',
    'pp h|e 150',
    'rp h|e 70',
    'hold e 70',
    'rr h|e 140',
  ]);
  // The release of a press that is six seconds old is not its release.
  assert.deepEqual(timesOf('+t 0, +h 6000, -t 6010, -h 6080'), ['hold h 80']);
});

test('auto-repeat is no stroke; the same key again after a release is one', () => {
  const stream = graphStream();
  const held = events('+a 0, +a 500, +a 530, +a 560, -a 570').flatMap((event) => stream.accept(event));
  assert.deepEqual(held.map(named), ['hold a 570']);
  assert.equal(stream.strokes(), 1);
  assert.deepEqual(timesOf('+l 0, -l 70, +l 130, -l 210'), [
    'hold l 70',
    'pp l|l 130',
    'rp l|l 60',
    'hold l 80',
    'rr l|l 140',
  ]);
});

test('no pair over a pause, over a clock that went back, or over a cut', () => {
  assert.deepEqual(timesOf('+a 0, -a 80, +b 1200, -b 1280'), ['hold a 80', 'hold b 80']);
  assert.deepEqual(timesOf('+a 5000, -a 5080, +b 100, -b 180'), ['hold a 80', 'hold b 80']);
  const stream = graphStream();
  const first = events('+a 0, -a 80').flatMap((event) => stream.accept(event));
  stream.cut();
  const second = events('+b 100, -b 180').flatMap((event) => stream.accept(event));
  assert.deepEqual([...first, ...second].map(named), ['hold a 80', 'hold b 80']);
});

test('a pair of keys has one name, also where a key is the sign between them', () => {
  for (const pair of [
    ['a', 'b'],
    ['|', 'b'],
    ['a', '|'],
    ['|', '|'],
  ] as const)
    assert.deepEqual(keysOf(`${pair[0]}|${pair[1]}`), pair);
});

/** The definition, straightforwardly: strokes with their releases first, then every time of them. */
function fromDefinition(all: readonly KeystrokeEvent[]): string[] {
  const strokes: { key: string; press: number; release: number | null }[] = [];
  for (const { key, ts, event } of all) {
    if (event === 'press') strokes.push({ key, press: ts, release: null });
    else {
      const stroke = strokes.findLast((one) => one.key === key);
      if (stroke !== undefined && stroke.release === null) stroke.release = ts;
    }
  }
  return strokes.flatMap((a, i) => {
    const b = strokes[i + 1];
    const times: [number, string, number][] = a.release === null ? [] : [[0, a.key, a.release - a.press]];
    if (b !== undefined && b.press - a.press <= 1_000_000) {
      times.push([1, `${a.key}|${b.key}`, b.press - a.press]);
      if (a.release !== null) times.push([2, `${a.key}|${b.key}`, b.press - a.release]);
      if (a.release !== null && b.release !== null) times.push([3, `${a.key}|${b.key}`, b.release - a.release]);
    }
    return times.map(([type, graph, us]) => {
      const [offset, low, high] =
        [
          [0.03, 0.02, 0.6],
          [0.03, 0.01, 1],
          [0.3, -0.25, 1],
          [0.05, 0, 1],
        ][type] ?? [];
      const seconds = Math.min(high ?? 0, Math.max(low ?? 0, us / 1e6));
      return `${type} ${graph} ${Math.log((offset ?? 0) + seconds).toFixed(9)}`;
    });
  });
}

test('the stream gives exactly the times that the definition gives, on random typing', () => {
  const random = createRandom(4);
  for (let round = 0; round < 50; round += 1) {
    const typed: KeystrokeEvent[] = [];
    let pressUs = BASE_US;
    for (let i = 0; i < 60; i += 1) {
      // A key comes back after ten others at the earliest, so that it has been released.
      const key = `k${i % 11}`;
      pressUs += 20_000 + random.int(random.uniform() < 0.1 ? 2_000_000 : 200_000);
      typed.push({ type: 'keystroke', ts: pressUs, key, event: 'press' });
      if (random.uniform() < 0.95)
        typed.push({ type: 'keystroke', ts: pressUs + 10_000 + random.int(190_000), key, event: 'release' });
    }
    typed.sort((a, b) => a.ts - b.ts);
    const streamed = graphsOf(typed).map(({ type, graph, value }) => `${type} ${graph} ${value.toFixed(9)}`);
    assert.deepEqual(streamed.toSorted(), fromDefinition(typed).toSorted());
  }
});

test('whatever comes in, values are finite and no more times come out than events could give', () => {
  const random = createRandom(11);
  const keys = [...'abc|,', 'space', 'BackSpace', 'Shift_L', '__proto__', 'x'.repeat(64)];
  const stream = graphStream();
  let ts = BASE_US;
  let given = 0;
  for (let i = 0; i < 100_000; i += 1) {
    ts = Math.max(0, ts + Math.round((random.uniform() - 0.1) * ([0, 5e3, 2e5, 4e6][random.int(4)] ?? 0)));
    const key = random.uniform() < 0.5 ? (keys[random.int(keys.length)] ?? '') : `k${random.int(100_000)}`;
    const out = stream.accept({ type: 'keystroke', ts, key, event: random.uniform() < 0.6 ? 'press' : 'release' });
    given += out.length;
    for (const { value, kind } of out) assert.ok(Number.isFinite(value) && kind >= 0 && kind < 14);
  }
  assert.ok(given > 0 && given <= 4 * stream.strokes());
});

test('keys that are never released are not remembered', () => {
  const stream = graphStream();
  const press = (i: number): void =>
    void stream.accept({ type: 'keystroke', ts: BASE_US + i * 100, key: `k${i}`, event: 'press' });
  for (let i = 0; i < 1000; i += 1) press(i);
  // 24 keys are waited for; of the one before them no release is accepted any more.
  const at = { type: 'keystroke', ts: BASE_US + 150_000, event: 'release' } as const;
  assert.deepEqual(stream.accept({ ...at, key: 'k975' }), []);
  assert.equal(stream.accept({ ...at, key: 'k976' }).length, 2, 'its hold, and its release to the next press');
});
