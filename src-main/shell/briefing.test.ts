import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MainMessage } from '../../src-preload/contract.ts';
import type { AgentProcess } from './agent-process.ts';
import { createBriefing } from './briefing.ts';

test('every agent that gets ready is told everything, and what changes afterwards at once', () => {
  let sent: MainMessage[] = [];
  let getReady: () => void = () => undefined;
  const agent: Pick<AgentProcess, 'onReady' | 'send'> = {
    onReady: (listener) => (getReady = () => listener({} as never)),
    send: (message) => void sent.push(message),
  };
  const briefing = createBriefing(agent);
  const works = { available: true, reason: null, fix: null };
  briefing.ability('notifications', works);
  briefing.notice('warning', 'no tray');

  for (const _agent of ['first', 'second']) {
    sent = [];
    getReady();
    const [abilities, notice] = sent;
    assert.ok(abilities?.kind === 'abilities');
    assert.deepEqual(abilities.abilities.notifications, works);
    assert.equal(abilities.abilities.autostart.available, false);
    assert.deepEqual(notice, { kind: 'notice', level: 'warning', text: 'no tray' });
    assert.equal(sent.length, 2);
  }
  sent = [];
  briefing.ability('autostart', works);
  const [later] = sent;
  assert.ok(later?.kind === 'abilities');
  assert.deepEqual([later.abilities.notifications, later.abilities.autostart], [works, works]);
});
