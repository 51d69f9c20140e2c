import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutletRecord } from '../outlets/outlet-record.ts';
import { channelOf, parseRecord, recordOf, type Sender } from './redis-record.ts';

const T = 1_701_423_846_000_000;
const SENDER: Sender = {
  ...{ host: 'desk', user: 'ada', id: '0b8b0a5e-6d3c-4f0e-9a54-0c8f4f1f7a01' },
  run: '6f1c2d3e-4b5a-4978-8899-aabbccddeeff',
};
const HEAD = `"v":1,"host":"desk","user":"ada","id":"${SENDER.id}","run":"${SENDER.run}","seq":7,"ts":${T}`;

/** Each with its channel and the very text, written by hand. */
const CASES: readonly (readonly [record: OutletRecord, channel: string, text: string])[] = [
  [
    {
      ...{
        kind: 'features',
        modality: 'keystroke',
        ts: T,
        events: 41,
        names: ['dwell.mean', 'flight.mean', 'digraph.th'],
      },
      values: Float32Array.of(80.1, -12.5, NaN),
    },
    'seclyzer:features:keystroke',
    `{"type":"features",${HEAD},"modality":"keystroke","window_s":30,"events":41,"features":{"dwell.mean":80.0999985,"flight.mean":-12.5,"digraph.th":null}}`,
  ],
  [
    {
      ...{ kind: 'features', modality: 'mouse', ts: T, events: 3 },
      names: ['speed.mean'],
      values: Float32Array.of(0.25),
    },
    'seclyzer:features:mouse',
    `{"type":"features",${HEAD},"modality":"mouse","window_s":30,"events":3,"features":{"speed.mean":0.25}}`,
  ],
  [
    { kind: 'transition', ts: T, from: 'firefox', to: 'code', dwellS: 7.5 },
    'seclyzer:features:app',
    `{"type":"app_transition",${HEAD},"modality":"app","from":"firefox","to":"code","dwell_s":7.5}`,
  ],
  [
    {
      ...{ kind: 'score', ts: T, trust: null, low: null, high: null, state: 'LEARNING' },
      modalities: [{ modality: 'mouse', llr: -0.5, points: 0 }],
    },
    'seclyzer:scores',
    `{"type":"score",${HEAD},"trust":null,"low":null,"high":null,"state":"LEARNING","modalities":{"mouse":{"llr":-0.5,"points":0}}}`,
  ],
  [
    { kind: 'change', ts: T, from: 'NORMAL', to: 'MONITORING', trust: 61, reason: 'Typing: slower.' },
    'seclyzer:state_change',
    `{"type":"state_change",${HEAD},"from":"NORMAL","to":"MONITORING","trust":61,"reason":"Typing: slower."}`,
  ],
];

for (const [record, channel, text] of CASES)
  test(`what stands in ${channel}, and what is read back from it`, () => {
    const made = recordOf(record, SENDER, 7);
    assert.equal(channelOf(made), channel);
    assert.equal(JSON.stringify(made), text);
    const parsed = parseRecord(text);
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.record, made);
  });

test('a figure of 32 bits comes back as it was', () => {
  const values = Float32Array.from({ length: 140 }, (_, i) => Math.sin(i * 12.9898) * 10 ** ((i % 14) - 6));
  const names = [...values].map((_, i) => `f${i}`);
  const parsed = parseRecord(
    JSON.stringify(recordOf({ kind: 'features', modality: 'keystroke', ts: T, events: 2, names, values }, SENDER, 1)),
  );
  assert.ok(parsed.ok && parsed.record.type === 'features');
  assert.deepEqual(
    Float32Array.from(Object.values(parsed.record.features), (value) => value ?? NaN),
    values,
  );
});

test('what is not one is refused with a reason that repeats nothing of it', () => {
  const good = JSON.parse(CASES[3]?.[2] ?? '') as Record<string, unknown>;
  const wrong: readonly (readonly [text: string, reason: RegExp])[] = [
    ['hello secret', /^it is not JSON$/],
    ['"secret"', /expected/],
    [JSON.stringify({ ...good, type: 'secret' }), /^"type" is not accepted/],
    [JSON.stringify({ ...good, v: 2 }), /^"v" is not accepted, expected 1$/],
    [JSON.stringify({ ...good, trust: 101 }), /^"trust" is not accepted/],
    [JSON.stringify({ ...good, ts: 1.5 }), /^"ts" is not accepted/],
    [JSON.stringify({ ...good, id: 'secret!' }), /^"id" is not accepted/],
  ];
  for (const [text, reason] of wrong) {
    const parsed = parseRecord(text);
    assert.ok(!parsed.ok, text);
    assert.match(parsed.reason, reason);
    assert.doesNotMatch(parsed.reason, /secret/);
  }
});
