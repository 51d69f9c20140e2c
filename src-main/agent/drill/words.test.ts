import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../../../src-preload/contract.ts';
import { SNAPSHOT } from '../publish/agent.fixture.ts';
import { durationText, obstacleTo } from './words.ts';

test('no drill where it could show nothing, and why', () => {
  const why = (change: Partial<Snapshot>): string => obstacleTo({ ...SNAPSHOT, trust: 97, ...change }, 70) ?? '';
  assert.equal(why({}), '');
  assert.equal(why({ source: 'replay' }), '', 'whoever plays a recording of somebody else may drill');
  const unlearned = SNAPSHOT.modalities.map((view) => ({ ...view, status: 'learning' as const }));
  const enrolment = { share: 0.62, sentence: '62 %, about 25 min of typing to go.' };
  assert.equal(
    why({ state: 'LEARNING', trust: null, modalities: unlearned, enrolment }),
    'SecLyzer does not know you yet: 62 %, about 25 min of typing to go.',
  );
  assert.match(why({ paused: { sinceMs: 0, untilMs: null } }), /is paused/);
  assert.match(why({ screen: 'locked' }), /screen is locked/);
  assert.match(why({ trust: 69.9 }), /^Trust is 69 of 100, and below 70 there is an alarm as it is\. Lock the screen/);
  assert.match(why({ state: 'MONITORING', trust: 72 }), /^The state is monitoring, with trust at 72 of 100\. Lock/);
  assert.match(why({ modalities: unlearned }), /^Neither typing nor the mouse is judged/);
});

test('durations as they are said', () => {
  const seconds = [-1, 0, 0.4, 40.4, 60, 119.6, 120, 125, 600];
  assert.deepEqual(seconds.map(durationText), [
    ...['0 s', '0 s', '0 s', '40 s', '1 min', '2 min', '2 min', '2 min 5 s', '10 min'],
  ]);
});
