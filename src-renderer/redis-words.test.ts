import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RedisView } from '../src-preload/contract.ts';
import { redisAbility, redisSentence } from './redis-words.ts';
import { abilityRemark } from './settings-form.ts';

const VIEW: RedisView = {
  ...{ wanted: true, status: 'connected', reason: null, fix: null, sent: 1, lastSentMs: 1, waiting: 0 },
  ...{ waitingBytes: 0, dropped: 0 },
};

test('what became of the records, and nothing of what did not happen', () => {
  assert.match(redisSentence({ ...VIEW, wanted: false }), /^Empty, nothing goes there\./);
  assert.equal(redisSentence(VIEW), '1 record taken since the start.');
  assert.equal(
    redisSentence({ ...VIEW, sent: 12, waiting: 40, dropped: 7 }),
    '12 records taken since the start, 40 waiting in memory, 7 let go because too many waited.',
  );
});

test('what is wrong, with what to do about it', () => {
  assert.equal(abilityRemark(redisAbility(VIEW)), null);
  const away = { ...VIEW, status: 'waiting', reason: 'nothing listens at 127.0.0.1:6379' } as const;
  assert.equal(abilityRemark(redisAbility(away)), 'Nothing listens at 127.0.0.1:6379. It is tried again by itself.');
  const refused = { ...VIEW, status: 'refused', reason: 'db:6379 wants a password', fix: 'Put it there.' } as const;
  assert.equal(abilityRemark(redisAbility(refused)), 'Db:6379 wants a password. Put it there.');
});
