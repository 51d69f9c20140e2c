import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEntry, checkName, isInstallation } from './entry-check.ts';
import { simulatedPresence } from './simulated-hosts.fixture.ts';

const good = simulatedPresence(4);
const { id } = good;
const refused = (text: string): string => {
  const checked = checkEntry(id, text);
  assert.ok('refused' in checked, 'it was taken');
  return checked.refused;
};
const changed = (more: object): string => JSON.stringify({ ...good, ...more });

test('an entry of an agent is taken, with fields of a later version passed over', () => {
  assert.deepEqual(checkEntry(id, changed({ later: 1 })), { ok: good });
});

test('what is none is refused with its reason', () => {
  assert.equal(refused('{'), 'no JSON');
  assert.match(refused('null'), /^the entry: /);
  assert.match(refused('"x"'), /^the entry: /);
  assert.match(refused(`"${'x'.repeat(16_384)}"`), /^longer than 16 KiB/);
  assert.match(refused(changed({ format: 2 })), /^written in form 2, and this viewer knows form 1/);
  assert.match(refused(changed({ id: simulatedPresence(5).id })), /another installation/);
  assert.match(refused(changed({ state: 'FINE' })), /^state: /);
});

test('no length and no number is without a bound', () => {
  for (const more of [
    ...[{ host: 'h'.repeat(256) }, { host: '' }, { user: 'u'.repeat(256) }, { version: 'v'.repeat(41) }],
    ...[{ trust: 101 }, { trust: -1 }, { sinceMs: 8.65e15 }, { startedMs: -1 }, { trust: '12' }],
    { modalities: Array.from({ length: 9 }, () => good.modalities[0]) },
    { incidents: Array.from({ length: 6 }, () => good.incidents[0]) },
    { decisions: [{ ...simulatedPresence(1).decisions[0], reason: 'r'.repeat(601) }] },
    {
      decisions: [
        { ...simulatedPresence(1).decisions[0], points: Object.fromEntries('abcdefghi'.split('').map((k) => [k, 1])) },
      ],
    },
    { budget: { ...good.budget, memoryMiB: { used: 1e10, limit: 1 } } },
  ])
    assert.ok(refused(changed(more)) !== '', JSON.stringify(more).slice(0, 60));
});

test('a name is a host and a user; an id is one of an installation', () => {
  assert.deepEqual(checkName('{"host":"desk","user":"ada","more":1}'), { host: 'desk', user: 'ada' });
  for (const text of ['', '{', '[]', '{"host":"desk"}', `{"host":"${'h'.repeat(300)}","user":"a"}`])
    assert.equal(checkName(text), null, text.slice(0, 20));
  assert.equal(isInstallation(id), true);
  for (const other of ['', 'desk', '../../etc/passwd', `${id} `, `${id}0`, '<script>'])
    assert.equal(isInstallation(other), false);
});
