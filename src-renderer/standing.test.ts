import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absenceSentence, announcement, isGone, linkSentence, pauseSentence } from './standing.ts';
import { calmSnapshot } from './snapshot.fixture.ts';

test('the line is described by what the user can do about it', () => {
  const quiet = { refusal: null, absence: null };
  assert.equal(linkSentence({ link: 'connecting', ...quiet }, 0), 'Looking for the agent');
  assert.equal(linkSentence({ link: 'up', ...quiet }, 15_000), 'Live');
  assert.equal(linkSentence({ link: 'up', ...quiet }, 15_001), 'The agent is silent');
  assert.equal(linkSentence({ link: 'down', ...quiet }, 0), 'No line to the agent; trying again');
  assert.equal(linkSentence({ link: 'down', refusal: 'Not let in any more.', absence: null }, 0), 'Not let in');
});

test('a line that stays down means an agent that has ended, unless it is known better', () => {
  const down = { link: 'down', refusal: null, absence: null, receivedMs: 1000 } as const;
  assert.equal(isGone(down, 16_000), false);
  assert.equal(isGone(down, 16_001), true);
  assert.equal(isGone({ ...down, link: 'up' }, 16_001), false);
  assert.equal(isGone({ ...down, refusal: 'Not let in any more.' }, 16_001), false);
  assert.equal(isGone({ ...down, absence: { kind: 'starting' } }, 16_001), false);
});

test('where it is known why there is no agent, that is said instead', () => {
  const absence = { kind: 'stopped', reason: 'No space is left on the disk' } as const;
  assert.equal(linkSentence({ link: 'down', refusal: null, absence }, 0), 'The agent has stopped');
  assert.equal(absenceSentence(absence), 'The agent has stopped: No space is left on the disk.');
  assert.equal(
    absenceSentence({ kind: 'restarting', reason: 'The agent crashed (SIGKILL).', delayS: 2 }),
    'The agent crashed (SIGKILL). It starts again in 2 s.',
  );
});

const at = (day: number, hour: number, minute = 0): number => new Date(2024, 4, day, hour, minute).getTime();

test('a pause names its end, with the day where it is far', () => {
  const tail = 'Nothing is watched or learned.';
  assert.equal(pauseSentence({ sinceMs: at(1, 14, 15), untilMs: at(1, 14, 30) }), `Paused until 14:30. ${tail}`);
  assert.equal(pauseSentence({ sinceMs: at(1, 14), untilMs: at(2, 14) }), `Paused until Thu 2 May, 14:00. ${tail}`);
  assert.equal(pauseSentence({ sinceMs: at(1, 14), untilMs: null }), `Paused until you resume. ${tail}`);
});

test('what is read out: the absence before the line, the pause before the state', () => {
  const known = { link: 'up', absence: null, snapshot: calmSnapshot } as const;
  const paused = { ...calmSnapshot, paused: { sinceMs: 0, untilMs: null } };
  assert.equal(announcement(known), 'State: Normal.');
  assert.equal(announcement({ ...known, snapshot: null }), '');
  assert.equal(announcement({ ...known, snapshot: { ...calmSnapshot, screen: 'locked' } }), 'The screen is locked.');
  assert.equal(announcement({ ...known, snapshot: paused }), 'Paused until you resume. Nothing is watched or learned.');
  assert.equal(announcement({ ...known, link: 'down' }), 'No line to the agent.');
  assert.equal(announcement({ ...known, link: 'down', absence: { kind: 'starting' } }), 'The agent is starting.');
});
