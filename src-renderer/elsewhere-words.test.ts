import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SETTINGS } from '../src-main/agent/publish/settings.fixture.ts';
import { collectAbility, collectSentence, stageAbility } from './elsewhere-words.ts';
import { abilityRemark } from './settings-form.ts';

const NAMED = {
  ...SETTINGS,
  settings: { ...SETTINGS.settings, redis: { ...SETTINGS.settings.redis, url: 'rediss://redis.example' } },
};

test('without a Redis nothing can be had elsewhere, and it is said what to do', () => {
  const words = 'Not available here: no Redis is named. Put its address under Redis.';
  assert.equal(abilityRemark(collectAbility(SETTINGS)), words);
  assert.equal(abilityRemark(stageAbility('scoring', SETTINGS)), words);
  assert.equal(abilityRemark(stageAbility('features', NAMED)), null);
});

test('scorers can answer only whom they hear of', () => {
  const scoring = { ...SETTINGS.stages.scoring, place: 'both', reason: 'nothing has come from a scorer' } as const;
  const both = { ...NAMED, stages: { ...SETTINGS.stages, scoring } };
  assert.match(abilityRemark(stageAbility('scoring', both)) ?? '', /^Nothing goes to scorers from here.*Turn on/);
  const sends = { ...both, collecting: { ...SETTINGS.collecting, wanted: true } };
  assert.equal(abilityRemark(stageAbility('scoring', sends)), null);
});

test('what becomes of what is sent, and why it is not', () => {
  const wanted = { ...SETTINGS.collecting, wanted: true, sent: 1200, waiting: 3, dropped: 1 };
  assert.match(
    collectSentence(wanted),
    /No keys, titles or text\. 1.200 entries taken since the start, 3 waiting in memory, 1 let go/,
  );
  assert.match(
    collectSentence({ ...wanted, byRole: true }),
    /started as a collector and sends them whatever stands here/,
  );
  assert.match(collectSentence(SETTINGS.collecting), /No keys, titles or text\.$/);
  const keyless = { ...NAMED, collecting: { ...wanted, reason: 'there is no key of the fleet. Make one.' } };
  assert.equal(abilityRemark(collectAbility(keyless)), 'There is no key of the fleet. Make one.');
});
