import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutletRecord } from '../publish/outlets/outlet-record.ts';
import { comparableOf } from './comparable.ts';
import { createComparer } from './comparer.ts';
import { AN_EVENT, outputLine, parseOutput } from './output-line.ts';

const ts = 1_701_423_840_000_000;
const SENDER = {
  host: 'lab-7',
  user: 'ada',
  id: '00000000-0000-4000-8000-000000000001',
  run: '00000000-0000-4000-8000-000000000002',
};
const RECORDS: readonly OutletRecord[] = [
  {
    kind: 'features',
    modality: 'mouse',
    ts,
    ...{ events: 7, raw: 210, fresh: 35 },
    names: ['speed', 'jitter'],
    values: Float32Array.of(Math.PI, NaN),
  },
  { kind: 'transition', ts, from: 'firefox', to: 'code', dwellS: 12.5 },
  {
    ...{ kind: 'score', ts, trust: 91.25, low: null, high: null, state: 'NORMAL' },
    modalities: [{ modality: 'keystroke', llr: 2.5, points: -0.125 }],
  },
  { kind: 'change', ts, from: 'NORMAL', to: 'MONITORING', trust: 61, reason: 'Typing.' },
];

test('what is written is read back as what it was: nine digits of 32 bits apart at most', () => {
  const comparer = createComparer({ rules: [['*', { abs: 0, rel: 5e-9 }]] });
  for (const [i, record] of RECORDS.entries()) {
    const parsed = parseOutput(outputLine(record, SENDER, i + 1));
    assert.ok('record' in parsed, JSON.stringify(parsed));
    assert.equal(parsed.about, SENDER.id);
    assert.equal(parsed.record.subject, 'ada@lab-7');
    comparer.add('A', comparableOf(record, 'ada@lab-7'));
    comparer.add('B', parsed.record);
  }
  const found = comparer.read();
  assert.equal(found.within, true);
  // Two figures and the strokes, the dwell, three levels and two of typing.
  assert.equal(found.compared, 9);
  assert.deepEqual(
    found.words.map(({ word, compared }) => [word, compared]),
    [
      ['app.from', 1],
      ['app.to', 1],
      ['state', 1],
      ['decision', 1],
    ],
  );
});

test('what others write: with less, with more, with modalities as a list, and by whom', () => {
  const plain = parseOutput('{"type":"features","ts":5,"modality":"mouse","features":{"speed":null,"jitter":2}}');
  assert.ok('record' in plain);
  assert.deepEqual(plain.record.figures, [
    ['mouse.speed', NaN],
    ['mouse.jitter', 2],
  ]);
  assert.deepEqual([plain.record.subject, plain.record.by, plain.about], ['', '', '']);
  const scorer = parseOutput(
    '{"type":"score","ts":5,"host":"h","user":"u","trust":80,"low":70,"high":90,"state":"NORMAL","modalities":[{"modality":"mouse","llr":1,"points":null}],"by":"scorer","subject":"id-1","n":"3:4"}',
  );
  assert.ok('record' in scorer);
  assert.deepEqual([scorer.record.by, scorer.about, scorer.record.subject], ['scorer', 'id-1', 'u@h']);
  assert.deepEqual(scorer.record.figures.slice(3), [
    ['mouse.llr', 1],
    ['mouse.points', NaN],
  ]);
});

test('anything else is refused with a reason that repeats nothing of it', () => {
  const reason = (text: string): string => {
    const parsed = parseOutput(text);
    return 'refused' in parsed ? parsed.refused : '';
  };
  assert.equal(reason('{"type":"keystroke","ts":5,"key":"s","event":"press"}'), AN_EVENT);
  assert.equal(reason('secret'), 'no JSON');
  for (const other of [
    'null',
    '[]',
    '{}',
    '{"type":"score","ts":-1}',
    '{"type":"features","ts":1,"modality":"mouse","features":{"a":"secret"}}',
  ])
    assert.equal(reason(other), 'no feature vector, score or change of state', other);
});

test('a change of state as the first versions that wrote outputs called it', () => {
  const older = { type: 'change', ts, host: 'lab-7', user: 'ada', from: 'NORMAL', to: 'MONITORING', trust: 41.2 };
  const parsed = parseOutput(JSON.stringify({ ...older, reason: 'Trust fell.' }));
  assert.ok('record' in parsed);
  assert.deepEqual(parsed.record.words, [['decision', 'NORMAL → MONITORING']]);
  assert.equal(parsed.record.kind, 'decision');
});
