import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MainMessage } from '../../src-preload/contract.ts';
import type { AgentProcess } from './agent-process.ts';
import { createBriefing } from './briefing.ts';

/** An agent that gets ready when the test says so, and what it was told since. */
function listening() {
  let sent: MainMessage[] = [];
  let getReady: () => void = () => undefined;
  const agent: Pick<AgentProcess, 'onReady' | 'send'> = {
    onReady: (listener) => (getReady = () => listener({} as never)),
    send: (message) => void sent.push(message),
  };
  const told = (): MainMessage[] => {
    const all = sent;
    sent = [];
    return all;
  };
  return { briefing: createBriefing(agent), getReady: () => getReady(), told };
}

const NO_TRAY = { kind: 'notice', about: 'tray', level: 'warning', text: 'no tray' } as const;

test('every agent that gets ready is told everything, and what changes afterwards at once', () => {
  const { briefing, getReady, told } = listening();
  const works = { available: true, reason: null, fix: null };
  briefing.ability('notifications', works);
  briefing.notice('tray', 'warning', 'no tray');

  for (const _agent of ['first', 'second']) {
    told();
    getReady();
    const [abilities, ...notices] = told();
    assert.ok(abilities?.kind === 'abilities');
    assert.deepEqual(abilities.abilities.notifications, works);
    assert.equal(abilities.abilities.autostart.available, false);
    assert.deepEqual(notices, [NO_TRAY]);
  }
  briefing.ability('autostart', works);
  const [later] = told();
  assert.ok(later?.kind === 'abilities');
  assert.deepEqual([later.abilities.notifications, later.abilities.autostart], [works, works]);
});

test('of each thing there is one notice, the latest', () => {
  const { briefing, getReady, told } = listening();
  briefing.notice('shortcut', 'warning', 'Ctrl+A is taken');
  briefing.notice('tray', 'warning', 'no tray');
  briefing.notice('shortcut', 'warning', 'Ctrl+B is taken');
  assert.equal(told().length, 3);
  getReady();
  const [, ...notices] = told();
  const latest = { kind: 'notice', about: 'shortcut', level: 'warning', text: 'Ctrl+B is taken' };
  assert.equal(notices.length, 2);
  for (const notice of [NO_TRAY, latest])
    assert.ok(notices.some((each) => JSON.stringify(each) === JSON.stringify(notice)));
});

test('what works again is withdrawn, once, and a new agent hears nothing of it', () => {
  const { briefing, getReady, told } = listening();
  briefing.notice('tray', 'warning', null);
  assert.deepEqual(told(), []);
  briefing.notice('tray', 'warning', 'no tray');
  briefing.notice('tray', 'info', null);
  briefing.notice('tray', 'info', null);
  assert.deepEqual(told(), [NO_TRAY, { kind: 'notice', about: 'tray', level: 'info', text: null }]);
  getReady();
  assert.deepEqual(
    told().map(({ kind }) => kind),
    ['abilities'],
  );
});
