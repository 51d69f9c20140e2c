// Times against Date.parse and against a table made by hand; zones by a process of their own, for a process has one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { readIso, yearClock } from './log-time.ts';

test('ISO times are those of Date.parse', () => {
  for (const text of [
    '2024-02-29T23:59:59Z',
    '1999-12-31T00:00:00.5Z',
    '2026-11-21T01:56:14.274265+00:00',
    '2026-11-21T01:56:14.274+14:00',
    '2026-11-21T01:56:14-09:30',
    '2024-01-05T10:11:12',
  ]) {
    assert.equal(readIso(`xx${text} rest`, 2)?.atMs, Math.floor(Date.parse(text.replace(/(\.\d{3})\d+/, '$1'))), text);
    assert.equal(readIso(`xx${text} rest`, 2)?.end, 2 + text.length);
  }
  for (const text of [
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-1-01T00:00:00Z',
    '',
  ])
    assert.equal(readIso(text, 0), null, text);
});

/** Local midnight-based moments, as the lines leave out year and zone. */
const local = (...at: [number, number, number, number, number, number]): number => new Date(...at).getTime();

test('the year turns with the lines, and back for a straggler', () => {
  const clock = yearClock(() => local(2026, 0, 2, 12, 0, 0));
  const read = (text: string): number => clock.read(text, 0)?.atMs ?? NaN;
  assert.equal(read('Dec 30 23:00:00'), local(2025, 11, 30, 23, 0, 0));
  assert.equal(read('Dec 31 23:59:59'), local(2025, 11, 31, 23, 59, 59));
  assert.equal(read('Jan  1 00:00:00'), local(2026, 0, 1, 0, 0, 0));
  assert.equal(read('Dec 31 23:59:58'), local(2025, 11, 31, 23, 59, 58));
  assert.equal(read('Jan 1 00:00:01'), local(2026, 0, 1, 0, 0, 1));
});

test('a line is never put more than a day into the future', () => {
  const clock = yearClock(() => local(2026, 2, 1, 0, 0, 0));
  assert.equal(clock.read('Mar  1 20:00:00', 0)?.atMs, local(2026, 2, 1, 20, 0, 0));
  const fresh = yearClock(() => local(2026, 2, 1, 0, 0, 0));
  assert.equal(fresh.read('Mar  3 20:00:00', 0)?.atMs, local(2025, 2, 3, 20, 0, 0));
});

test('the 29th of February belongs to a year that has one', () => {
  const clock = yearClock(() => local(2026, 5, 1, 0, 0, 0));
  assert.equal(clock.read('Feb 29 12:00:00', 0)?.atMs, local(2024, 1, 29, 12, 0, 0));
});

test('what is no time is none', () => {
  const clock = yearClock(() => local(2026, 5, 1, 0, 0, 0));
  for (const text of [
    'Feb 32 12:00:00',
    'feb 1 12:00:00',
    'Feb  x 12:00:00',
    'Feb 1 12-00-00',
    'Feb 1 12:61:00',
    'Feb 1',
  ])
    assert.equal(clock.read(text, 0), null, text);
});

test('local time is that of the zone, with its summer time', () => {
  const script = `
    const { yearClock } = await import(${JSON.stringify(new URL('./log-time.ts', import.meta.url).href)});
    const clock = yearClock(() => Date.UTC(2026, 11, 1));
    console.log(['Jan  5 12:00:00', 'Jul  5 12:00:00', 'Oct 25 03:30:00'].map((text) => new Date(clock.read(text, 0).atMs).toISOString()).join());`;
  const run = (zone: string): string =>
    spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    }).stdout.trim();
  // The zone database's rules: Berlin is UTC+1 and UTC+2 until 25 October 2026, 01:00 UTC; Kolkata has no summer time.
  assert.equal(run('Europe/Berlin'), '2026-01-05T11:00:00.000Z,2026-07-05T10:00:00.000Z,2026-10-25T02:30:00.000Z');
  assert.equal(run('Asia/Kolkata'), '2026-01-05T06:30:00.000Z,2026-07-05T06:30:00.000Z,2026-10-24T22:00:00.000Z');
});
