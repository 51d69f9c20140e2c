import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NabReport } from '../evaluate/nab.ts';
import { ended, startCli } from './cli.fixture.ts';
import { describeNab } from './evaluate-nab.ts';

const score = (value: number) => ({
  ...{ score: value, threshold: 0.5, windows: 36, windowsFound: 32, falseAlarms: 24, rows: 95_299 },
});
const scores = { standard: score(78.28), lowFalsePositives: score(74.7), lowFalseNegatives: score(81.8) };

test('a report in words', () => {
  const report: NabReport = {
    ...{ files: 28, points: 112_092, windows: 36, microsecondsPerPoint: 23.25, folder: '/tmp/out/seclyzer' },
    best: scores,
    fixed: { ...scores, standard: score(78.1) },
    channels: [{ channel: 'jump', alone: 61, aloneBest: 61, without: 66.8, alarms: 99 }],
  };
  const plain = { good: String, caution: String, bad: String, dim: String };
  assert.deepEqual(describeNab(report, plain), [
    '28 files, 112,092 points, 23.3 µs a point',
    '',
    'profile           score  at our threshold',
    'standard           78.3              78.1  32 of 36 windows, 24 false alarms in 95,299 rows',
    'few false alarms   74.7              74.7  32 of 36 windows, 24 false alarms in 95,299 rows',
    'few misses         81.8              81.8  32 of 36 windows, 24 false alarms in 95,299 rows',
    'Score: with the one threshold that suits all files best afterwards, as the benchmark does it.',
    '',
    'channel  alone  best alone  all but it  earns  alarms',
    'jump      61.0        61.0        66.8   11.3      99',
    'Standard profile at our threshold; best alone: with the threshold that suits that channel best.',
    '',
    'Written to /tmp/out/seclyzer',
  ]);
});

test('what is missing is misuse, a folder that is none an error; evaluate still takes a protocol', async () => {
  const cli = (...args: string[]) => ended(startCli('/nonexistent', args));
  assert.equal((await cli('evaluate', 'nab')).code, 2);
  const none = await cli('evaluate', 'nab', '--data', '/nonexistent', '--out', '/nonexistent');
  assert.deepEqual([none.code, none.out], [1, '']);
  assert.match(none.err, /combined_windows\.json/);
  assert.match((await cli('evaluate', '/nonexistent/protocol.json')).err, /protocol\.json/);
});
