import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comparable } from '../compare/comparable.ts';
import { liveComparison } from './live-comparison.ts';
import { differenceNotice } from './stage.ts';

const S = 1e6;
const score = (atS: number, trust: number, state = 'NORMAL'): Comparable => ({
  ...{ kind: 'scores', subject: '', by: '', modality: 'all', ts: atS * S },
  ...{ figures: [['trust', trust]], words: [['state', state]] },
});

/** This machine scores each second, the scorer each five; from `wrongFromS` on it is twenty points off. */
function play(untilS: number, wrongFromS: number) {
  const live = liveComparison([['trust', { abs: 15, rel: 0 }]]);
  for (let s = 1; s <= untilS; s += 1) {
    live.add('A', score(s, 90));
    if (s % 5 === 0) live.add('B', s < wrongFromS ? score(s, 80) : score(s, 70, 'MONITORING'));
    live.tick(s * S);
  }
  // What the newest wait for does not come.
  live.tick((untilS + 20) * S);
  return live;
}

test('what lies within, what does not, and what to be told of it', () => {
  const live = play(300, 251);
  const view = live.view();
  assert.deepEqual(view, {
    ...{ sinceMs: 1000, pairs: 60, compared: 60, outside: 10, states: 10 },
    worst: 'trust, 90 here and 70 elsewhere at 00:04:15 UTC',
  });
  assert.equal(live.outsideShare(), 1 / 6);
  assert.equal(differenceNotice('Trust', view, live.outsideShare(), 17), null);
  assert.match(
    differenceNotice('Trust', view, live.outsideShare(), 16) ?? '',
    /^Trust: 17 % of 60 figures from elsewhere/,
  );
});

test('too few windows are no reason to tell anybody', () => {
  const live = play(90, 0);
  assert.equal(live.view()?.outside, 18);
  assert.equal(live.outsideShare(), null);
});

test('a new hour begins, and the one before counts until the new one says enough', () => {
  const live = play(3601 + 60, 3000);
  assert.equal(live.view()?.pairs, 720);
  const later = play(3601 + 200, 3000);
  assert.deepEqual([later.view()?.pairs, later.view()?.outside], [40, 40]);
});
