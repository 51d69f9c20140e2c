// Records that are made up, so that what has to be found in them is known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import { judgeSoak, type SoakReport } from './soak-judge.ts';
import type { SoakLine, SoakSample } from './soak-record.ts';
import { END, SAYS, samplesOf, START } from './soak-record.fixture.ts';

/** 0.5 MB an hour of life, from 4 MB on. */
const FORECAST = Array.from({ length: 20 }, (_, i) => 4e6 + 5e5 * (i + 1));
const judged = (samples: readonly SoakSample[], rest: readonly SoakLine[] = [END]): SoakReport =>
  judgeSoak([START, ...samples, ...rest], FORECAST);
const okOf = ({ verdicts }: SoakReport, name: string): boolean | null | undefined =>
  verdicts.find((verdict) => verdict.name === name)?.ok;
const saidOf = ({ verdicts }: SoakReport, name: string): string =>
  verdicts.find((verdict) => verdict.name === name)?.measured ?? '';
const missed = ({ verdicts }: SoakReport): readonly string[] =>
  verdicts.filter(({ ok }) => ok === false).map(({ name }) => name);

/** Up and down by up to 4 MiB, and slowly with the hours of life, as memory goes. */
function noisy(slopeMiBPerHour: number, seed = 1): readonly SoakSample[] {
  const random = createRandom(seed);
  return samplesOf(120, (wallS) => ({
    outside: {
      anonymousMiB:
        100 + (slopeMiBPerHour * wallS) / 3600 + 2 * random.normal() + Math.sin((2 * Math.PI * wallS) / 360),
    },
  }));
}

test('a run in which nothing grows keeps every promise', () => {
  const report = judged(noisy(0));
  assert.deepEqual(missed(report), []);
  assert.ok(report.complete);
  assert.deepEqual([report.wallMinutes, report.lifeHours], [120, 20]);
  assert.equal(saidOf(report, 'database after roll-up'), '9.0 MB after 19 h of life; 13.5 MB were forecast');
  assert.deepEqual(
    report.verdicts.filter(({ ok, promised }) => ok === null && promised !== ''),
    [],
  );
});

test('a leak of 2 MB an hour is found among waves of several, whatever the chance', () => {
  for (const seed of [1, 2, 3, 4]) {
    // 2 MB are 1.907 MiB.
    const report = judged(noisy(1.907, seed));
    assert.deepEqual(missed(report), ['memory of its own']);
    const [, slope] = /^\+([\d.]+) MB\/h of the wall/.exec(saidOf(report, 'memory of its own')) ?? [];
    assert.ok(Math.abs(Number(slope) - 2) < 0.5, slope);
  }
});

test('where a slope above the promise is not ruled out, that is said', () => {
  const doubt = 'one above the promise is not ruled out';
  // 0.9 MB an hour among waves of several is likely flat enough, and may as well be more.
  const report = judged(noisy(0.858));
  assert.deepEqual(missed(report), []);
  assert.ok(saidOf(report, 'memory of its own').endsWith(doubt));
  assert.ok(!saidOf(judged(noisy(-3)), 'memory of its own').includes(doubt));
});

test('what was taken in the first ten minutes does not count', () => {
  const samples = samplesOf(120, (wallS) => ({ outside: { anonymousMiB: Math.min(100, wallS / 6) } }));
  assert.deepEqual(missed(judged(samples)), []);
});

test('memory that is taken for an hour and then no more shows in the second half alone as flat', () => {
  const samples = samplesOf(120, (wallS) => ({ outside: { anonymousMiB: 100 + Math.min(wallS, 3600) / 100 } }));
  const report = judged(samples);
  assert.deepEqual(missed(report), ['memory of its own']);
  assert.match(saidOf(report, 'the same, second half'), /^\+0\.00 MB\/h of the wall/);
});

test('memory that was only moved out to the swap is memory', () => {
  const samples = samplesOf(120, (wallS) => ({ outside: { anonymousMiB: 100 - wallS / 100, swapMiB: wallS / 50 } }));
  assert.deepEqual(missed(judged(samples)), ['memory of its own']);
});

test('a descriptor that is left open once in half an hour is found, clients that come and go are not', () => {
  const visitors = (wallS: number): number => (wallS % 90 < 40 ? 5 : 0);
  const calm = samplesOf(120, (wallS) => ({ outside: { descriptors: { socket: 6 + visitors(wallS), file: 18 } } }));
  assert.equal(okOf(judged(calm), 'file descriptors'), true);
  assert.match(saidOf(judged(calm), 'file descriptors'), /^24 at the least in the first quarter, 24 in the last; 29 /);
  const leaky = samplesOf(120, (wallS) => ({
    outside: { descriptors: { socket: 6 + visitors(wallS), file: 18 + Math.floor(wallS / 1800) } },
  }));
  assert.equal(okOf(judged(leaky), 'file descriptors'), false);
  const inside = (wallS: number, resources: Readonly<Record<string, number>>): SoakSample['outside']['inside'] => {
    const [sample] = samplesOf(1);
    assert.ok(sample !== undefined && sample.outside.inside !== null);
    return { ...sample.outside.inside, resources: { Timeout: 1 + (wallS % 3), ...resources } };
  };
  const busy = samplesOf(120, (wallS) => ({
    outside: { inside: inside(wallS, wallS < 4000 ? {} : { Immediate: 2, TCPSocketWrap: 3, FSReqPromise: 1 }) },
  }));
  assert.equal(okOf(judged(busy), 'timers and servers'), true);
  const ticking = samplesOf(120, (wallS) => ({
    outside: { inside: inside(wallS, wallS < 4000 ? {} : { TCPServerWrap: 1 }) },
  }));
  assert.deepEqual(missed(judged(ticking)), ['timers and servers']);
  const threads = samplesOf(120, (wallS) => ({ outside: { threads: wallS < 5000 ? 11 : 12 } }));
  assert.deepEqual(missed(judged(threads)), ['threads']);
});

test('a database that outgrows its forecast by more than a fifth is found', () => {
  const samples = (perHour: number): readonly SoakSample[] =>
    samplesOf(120, (wallS) => ({ outside: { storage: { 'seclyzer.db': 4e6 + (perHour * wallS) / 360 } } }));
  // 19 hours are over, for which 13.5 MB were forecast: 16.2 MB is the bound.
  assert.equal(okOf(judged(samples(5e5)), 'database after roll-up'), true);
  assert.equal(okOf(judged(samples(7e5)), 'database after roll-up'), false);
});

test('of what is rolled up once an hour the least of the hour counts', () => {
  const samples = samplesOf(120, (wallS) => ({ outside: { storage: { 'seclyzer.db': 4e6 + 1e5 * (wallS % 360) } } }));
  assert.match(saidOf(judged(samples), 'database after roll-up'), /^4\.0 MB after 19 h/);
});

test('whatever goes wrong is told', () => {
  const bad = samplesOf(120, (wallS) => ({
    agent: {
      ...SAYS,
      dropped: 4,
      notices: wallS === 300 ? [{ level: 'error', text: 'An event was lost: no room' }] : [],
    },
    fed: { events: 9000, refused: 1001, late: 0, logLines: 0 },
    client: { requests: 1, messages: 1, refusals: {}, failures: { 'learning: 500 it broke': 2 } },
  }));
  const report = judged(bad, [{ ...END, exit: 'SIGKILL', complaints: ['MaxListenersExceededWarning'] }]);
  assert.deepEqual(missed(report), [
    ...['lines on the error stream', 'errors told to the user', 'calls that failed', 'input events dropped'],
    ...['input events refused', 'exit'],
  ]);
  // Told once, and gone from the list an hour later: still told here.
  assert.equal(saidOf(report, 'errors told to the user'), '1: An event was lost: no room');
  assert.equal(saidOf(report, 'calls that failed'), '1: learning: 500 it broke (2×)');
});

test('to refuse a change while it is in doubt who asks is right', () => {
  const failures = {
    'pause: 500 {"error":"Not while SecLyzer doubts that this is you. Lock the screen."}': 1,
  };
  const samples = samplesOf(120, () => ({ client: { requests: 1, messages: 1, refusals: {}, failures } }));
  const report = judged(samples);
  assert.deepEqual(missed(report), []);
  assert.match(saidOf(report, 'calls that were refused'), /doubts that this is you/);
});

test('what was not answered because the agent was stopped on purpose is told apart from what failed by itself', () => {
  const stop: SoakLine = { kind: 'event', wallS: 3605, text: 'the agent is stopped for 10 s (SIGSTOP)' };
  const failing = (fromS: number): readonly SoakSample[] =>
    samplesOf(120, (wallS) => ({
      client: { requests: 1, messages: 1, refusals: {}, failures: wallS < fromS ? {} : { 'ingest: fetch failed': 1 } },
    }));
  const stopped = judged(failing(3620), [stop, END]);
  assert.deepEqual(missed(stopped), []);
  assert.equal(saidOf(stopped, 'not answered while it was stopped'), '1: ingest: fetch failed (1×)');
  assert.deepEqual(missed(judged(failing(3720), [stop, END])), ['calls that failed']);
  assert.deepEqual(missed(judged(failing(3620), [END])), ['calls that failed']);
});

test('two minutes judge neither a slope nor handles, and an end that is not there yet is not missed', () => {
  const report = judged(samplesOf(2), []);
  assert.equal(okOf(report, 'memory of its own'), null);
  assert.match(saidOf(report, 'memory of its own'), /too short to judge a slope/);
  assert.equal(okOf(report, 'file descriptors'), null);
  assert.equal(okOf(report, 'exit'), null);
  assert.equal(report.complete, false);
  assert.deepEqual(missed(report), []);
});

test('half an hour is judged minute by minute', () => {
  const report = judged(samplesOf(30, (wallS) => ({ outside: { anonymousMiB: 100 + wallS / 600 } })));
  // 6 MiB an hour are 6.29 MB; twenty minutes but the first and the last.
  assert.match(
    saidOf(report, 'memory of its own'),
    /^\+6\.29 MB\/h of the wall \(95 %: \+6\.29 to \+6\.29, 19 points\)/,
  );
});

test('without a forecast storage is told and not judged; a record without samples is none', () => {
  const report = judgeSoak([START, ...samplesOf(120), END], null);
  assert.equal(okOf(report, 'database after roll-up'), null);
  assert.match(saidOf(report, 'data folder'), /^database 9\.0 MB, log guard 2\.0 MB, models 0\.5 MB, other 0\.0 MB$/);
  assert.throws(() => judgeSoak([START], null), /no measurement/);
});
