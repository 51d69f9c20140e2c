import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InfluxView } from '../src-preload/contract.ts';
import { influxAbility, influxSentence } from './influx-words.ts';
import { abilityRemark } from './settings-form.ts';

const VIEW: InfluxView = {
  ...{ wanted: true, status: 'sending', reason: null, fix: null, sent: 12_430, lastSentMs: 1, waitingBytes: 0 },
  ...{ dropped: 0, rejected: 0, rejection: null },
};

test('what became of the lines, and nothing of what did not happen', () => {
  assert.equal(influxSentence({ ...VIEW, wanted: false }), 'Empty, nothing leaves this machine.');
  assert.match(influxSentence(VIEW), /^12.430 lines taken since the start\.$/);
  assert.match(
    influxSentence({ ...VIEW, waitingBytes: 1_572_864, dropped: 7, rejected: 2, rejection: 'field type conflict' }),
    /, 1\.5 MiB wait on the disk, 7 let go because too many waited, 2 never taken .*\. The last of them: field type conflict\.$/,
  );
});

test('what is wrong, with what to do about it', () => {
  assert.equal(abilityRemark(influxAbility(VIEW)), null);
  const away = { ...VIEW, status: 'waiting', reason: 'db:8086 can’t be reached: nothing listens there' } as const;
  assert.equal(
    abilityRemark(influxAbility(away)),
    'Db:8086 can’t be reached: nothing listens there. It is tried again by itself.',
  );
  const refused = { ...VIEW, status: 'refused', reason: 'the database answered 401', fix: 'Put in a token.' } as const;
  assert.equal(abilityRemark(influxAbility(refused)), 'The database answered 401. Put in a token.');
});
