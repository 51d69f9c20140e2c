// Windows of invented events, worked out by hand from the description of the recordings' protocols.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { cutDecisionWindows } from './decision-windows.ts';
import type { DecisionWindow } from './detector.ts';

const S = 1e6;
const press = (s: number, key: string): InputEvent => ({ type: 'keystroke', ts: s * S, key, event: 'press' });
const release = (s: number, key: string): InputEvent => ({ type: 'keystroke', ts: s * S, key, event: 'release' });
const move = (s: number): InputEvent => ({ type: 'mouse', ts: Math.round(s * S), x: s, y: 0, event: 'move' });

/** `a10` for the press of a at second 10, `A11` for its release; pieces apart by a bar. */
const told = (windows: readonly DecisionWindow[]): string[] =>
  windows.map(({ pieces }) =>
    pieces
      .map((piece) =>
        piece
          .map((e) =>
            e.type === 'keystroke' ? `${e.event === 'press' ? e.key : e.key.toUpperCase()}${e.ts / S}` : `${e.ts / S}`,
          )
          .join(' '),
      )
      .join(' | '),
  );

const keystrokes = { unit: 'keystrokes' as const, sizes: [2], max_gap_s: 5, across_files: false };

test('a release stays with its press, over the edge of a window; the incomplete rest is dropped', () => {
  const rollover = [press(1, 'a'), press(2, 'b'), release(2.5, 'a'), press(3, 'c'), release(3.5, 'b')];
  const rest = [press(4, 'a'), release(4.5, 'c'), press(5, 'd'), release(6, 'a')];
  assert.deepEqual(told(cutDecisionWindows([[...rollover, ...rest]], keystrokes, 2)), [
    'a1 b2 A2.5 B3.5',
    'c3 a4 C4.5 A6',
  ]);
});

test('lost releases, releases without a press and a key that is pressed again while it is down', () => {
  const events = [release(1, 'z'), press(2, 'a'), press(3, 'a'), release(4, 'a'), release(5, 'a'), press(6, 'b')];
  // The release goes to the last press; the second one and that of z have none.
  assert.deepEqual(told(cutDecisionWindows([[...events, press(7, 'c')]], keystrokes, 2)), ['a2 a3 A4', 'b6 c7']);
});

test('a gap of more than max_gap_s parts a window in two pieces, one of exactly that does not', () => {
  const events = [press(1, 'a'), press(6, 'b'), press(11.5, 'c'), press(12, 'd')];
  assert.deepEqual(told(cutDecisionWindows([events], { ...keystrokes, sizes: [4] }, 4)), ['a1 b6 | c11.5 d12']);
});

test('windows of words end with the separator after the last of them', () => {
  const words = { unit: 'words' as const, sizes: [2], max_gap_s: 30, across_files: false };
  const keys = ['a', 'space', 'space', 'b', 'c', 'Return', 'd', 'space', 'BackSpace', 'space', 'e'];
  const events = keys.map((key, i) => press(i + 1, key));
  assert.deepEqual(told(cutDecisionWindows([events], words, 2)), [
    'a1 space2 space3 b4 c5 Return6',
    'd7 space8 BackSpace9 space10',
  ]);
});

test('per file, or across files with a joint between pieces', () => {
  const files = [
    [press(1, 'a'), press(2, 'b'), press(3, 'c'), release(3.5, 'c')],
    [press(3.6, 'd'), press(4, 'e')],
  ];
  assert.deepEqual(told(cutDecisionWindows(files, keystrokes, 2)), ['a1 b2', 'd3.6 e4']);
  assert.deepEqual(told(cutDecisionWindows(files, { ...keystrokes, across_files: true }, 2)), [
    'a1 b2',
    'c3 C3.5 | d3.6',
  ]);
});

const active = { unit: 'active_seconds' as const, sizes: [2], idle_cap_s: 1, min_events: 0, across_files: false };

test('active seconds: gaps count for at most the cap, the incomplete rest is dropped', () => {
  // The clock of the events: 0, 0.5, 1.5 (a gap of 60 s counts one), 2 (closes the first window), 3, 4 (closes the second).
  const events = [0, 0.5, 60.5, 61, 62, 63, 63.5].map(move);
  assert.deepEqual(told(cutDecisionWindows([events], active, 2)), ['0 0.5 60.5', '61 62']);
});

test('active seconds: a window with too few events is dropped and the clock runs on', () => {
  const events = [0, 0.5, 1, 1.5, 3, 4, 5, 5.5].map(move);
  // Clock 0 .5 1 1.5 | 2.5 3.5 | 4.5 5: the second window holds two events.
  assert.deepEqual(told(cutDecisionWindows([events], { ...active, min_events: 3 }, 2)), ['0 0.5 1 1.5']);
});

test('active seconds across files: the time between two files counts nothing', () => {
  const files = [[0, 1].map(move), [100, 101, 102].map(move)];
  // Clock 0 1 | 1 2 3: the event at 101 s closes the window.
  assert.deepEqual(told(cutDecisionWindows(files, { ...active, across_files: true }, 2)), ['0 1 | 100']);
});
