import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../src-preload/contract.ts';
import type { AgentMessage, AgentOptions, MainMessage } from '../../src-preload/contract.ts';
import type { AgentChild, AgentExit } from './agent-child.ts';
import { createAgentProcess, type AgentStatus } from './agent-process.ts';

const OPTIONS: AgentOptions = {
  dataDir: '/data',
  modelsDir: '/models',
  settingsFile: '/settings.json',
  host: 'tray',
  dataKey: null,
  inputIsScripted: false,
  source: { kind: 'live' },
  logs: null,
  enrol: {},
};

/** The options of a start are asked for; until they are there nothing is started. */
const asked = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A supervised process under the test's own hands and clock. */
function supervised(t: TestContext, options: () => Promise<AgentOptions> = () => Promise.resolve(OPTIONS)) {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const starts: {
    sent: MainMessage[];
    killed: boolean;
    say: (message: unknown) => void;
    exit: (exit: AgentExit) => void;
  }[] = [];
  let nowMs = 0;
  const spawn = (): AgentChild => {
    const onMessage: ((message: unknown) => void)[] = [];
    const onExit: ((exit: AgentExit) => void)[] = [];
    const exit = (how: AgentExit) => onExit.splice(0).forEach((listener) => listener(how));
    const start = {
      sent: [] as MainMessage[],
      killed: false,
      say: (m: unknown) => onMessage.forEach((l) => l(m)),
      exit,
    };
    starts.push(start);
    return {
      carriesPorts: false,
      send: (message) => void start.sent.push(message),
      onMessage: (listener) => (onMessage.push(listener), () => undefined),
      onExit: (listener) => (onExit.push(listener), () => undefined),
      kill: () => {
        start.killed = true;
        exit({ kind: 'crashed', how: 'SIGKILL' });
      },
    };
  };
  const agent = createAgentProcess(spawn, options, () => nowMs);
  const said: AgentStatus[] = [];
  agent.onStatus((status) => said.push(status));
  const passS = async (seconds: number): Promise<void> => {
    nowMs += seconds * 1000;
    t.mock.timers.tick(seconds * 1000);
    await asked();
  };
  const start = async (): Promise<void> => {
    agent.start();
    await asked();
  };
  const latest = () => {
    const start = starts.at(-1);
    assert.ok(start);
    return start;
  };
  return { agent, start, starts, said, passS, latest };
}

const READY: AgentMessage = { kind: 'ready', version: '1.0.0', pid: 42 };
const CRASH: AgentExit = { kind: 'crashed', how: 'SIGSEGV' };

test('starts, gets ready, passes on what the agent says', async (t) => {
  const { agent, start, said, latest } = supervised(t);
  const lines: unknown[] = [];
  let readyCount = 0;
  agent.onLine((channel, data) => lines.push([channel, data]));
  agent.onReady(() => readyCount++);
  agent.start();
  await start();
  assert.deepEqual(latest().sent, [{ kind: 'start', options: OPTIONS }]);
  assert.equal(agent.ready(), null);
  latest().say(READY);
  const status = { state: 'NORMAL', trust: 91, sentence: 'This is you.', paused: null, locking: null } as const;
  latest().say({ kind: 'status', ...status });
  latest().say({ kind: 'line', channel: 3, data: { push: 'x' } });
  assert.notEqual(agent.ready(), null);
  assert.equal(readyCount, 1);
  assert.deepEqual(lines, [[3, { push: 'x' }]]);
  assert.deepEqual(said.at(-1), { kind: 'running', ...status });
});

test('settings and notifications of the agent reach those who act on them', async (t) => {
  const { agent, start, latest } = supervised(t);
  const heard: unknown[] = [];
  agent.onSettings(({ autostart, shortcut }) => heard.push([autostart, shortcut]));
  agent.onNotify(({ title }) => heard.push(title));
  await start();
  latest().say({ kind: 'settings', settings: { ...DEFAULT_USER_SETTINGS, autostart: true, shortcut: 'Ctrl+Alt+S' } });
  const notification = { title: 'This may not be you', body: '', urgency: 'normal', link: '#/history?at=1' };
  latest().say({ kind: 'notify', notification });
  assert.deepEqual(heard, [[true, 'Ctrl+Alt+S'], 'This may not be you']);
});

test('what is told to an agent goes to one that is ready, and else nowhere', async (t) => {
  const { agent, start, latest } = supervised(t);
  agent.send({ kind: 'resume' });
  await start();
  agent.send({ kind: 'resume' });
  assert.equal(latest().sent.length, 1);
  latest().say(READY);
  agent.send({ kind: 'pause', minutes: 15 });
  assert.deepEqual(latest().sent.at(-1), { kind: 'pause', minutes: 15 });
});

test('without its options no agent is started, and the reason is said until somebody tries again', async (t) => {
  let locked = true;
  const options = (): Promise<AgentOptions> =>
    locked ? Promise.reject(new Error('The keyring is locked.')) : Promise.resolve(OPTIONS);
  const { start, starts, said, passS } = supervised(t, options);
  await start();
  assert.deepEqual(said.at(-1), { kind: 'stopped', reason: 'The keyring is locked.' });
  await passS(60);
  assert.equal(starts.length, 0);
  locked = false;
  await start();
  assert.equal(starts.length, 1);
});

test('an agent whose options come after the program was ended is not started', async (t) => {
  let give: (options: AgentOptions) => void = () => undefined;
  const { agent, starts } = supervised(t, () => new Promise((resolve) => (give = resolve)));
  agent.start();
  await agent.stop(3000);
  give(OPTIONS);
  await asked();
  assert.equal(starts.length, 0);
});

test('a crash is told from an exit, and the agent starts again after 2, 4 and 8 s, then stops with the reason', async (t) => {
  const { agent, start, starts, said, passS, latest } = supervised(t);
  await start();
  latest().say(READY);
  latest().exit(CRASH);
  assert.equal(agent.ready(), null);
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent crashed (SIGSEGV).', delayS: 2 });
  await passS(1.9);
  assert.equal(starts.length, 1);
  await passS(0.1);
  assert.equal(starts.length, 2);
  latest().exit({ kind: 'exited', code: 7 });
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent ended by itself (exit code 7).', delayS: 4 });
  await passS(4);
  latest().exit(CRASH);
  await passS(8);
  assert.equal(starts.length, 4);
  latest().say({ kind: 'failed', reason: 'No space is left on the disk.', permanent: false });
  latest().exit({ kind: 'exited', code: 1 });
  assert.deepEqual(said.at(-1), { kind: 'stopped', reason: 'No space is left on the disk.' });
  await passS(3600);
  assert.equal(starts.length, 4);
  await start();
  latest().exit(CRASH);
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent crashed (SIGSEGV).', delayS: 2 });
});

test('a silent agent is ended after 30 s, one with a heartbeat is not', async (t) => {
  const { start, said, passS, latest } = supervised(t);
  await start();
  latest().say(READY);
  for (let beat = 0; beat < 20; beat++) {
    await passS(5);
    latest().say({ kind: 'heartbeat', atMs: 1_700_000_000_000 });
  }
  assert.equal(latest().killed, false);
  await passS(30);
  assert.equal(latest().killed, false);
  await passS(5);
  assert.equal(latest().killed, true);
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent did not answer for 30 s.', delayS: 2 });
});

test('an agent that speaks another language is ended', async (t) => {
  const { start, said, latest } = supervised(t);
  await start();
  latest().say({ kind: 'ready', version: 5 });
  assert.equal(latest().killed, true);
  const status = said.at(-1);
  assert.ok(status?.kind === 'restarting');
  assert.match(status.reason, /^The agent sent what the program does not understand \(agent message: version: /);
});

test('stopping waits for the agent to write, starts nothing again, and may be asked twice', async (t) => {
  const { agent, start, starts, passS, latest } = supervised(t);
  await start();
  latest().say(READY);
  const ends: string[] = [];
  const stop = (name: string) => agent.stop(3000).then((inTime) => ends.push(`${name} ${inTime}`));
  const stops = [stop('first'), stop('second')];
  assert.deepEqual(latest().sent.at(-1), { kind: 'stop' });
  await passS(2);
  assert.deepEqual(ends, []);
  latest().say({ kind: 'stopped' });
  await Promise.all(stops);
  assert.deepEqual(ends, ['first true', 'second true']);
  assert.equal(latest().killed, false);
  latest().exit({ kind: 'exited', code: 0 });
  await passS(60);
  assert.equal(starts.length, 1);
});

test('an agent that does not stop in time is ended', async (t) => {
  const { agent, start, passS, latest } = supervised(t);
  await start();
  const stopped = agent.stop(3000);
  await passS(3);
  assert.equal(await stopped, false);
  assert.equal(latest().killed, true);
});

test('stopping while waiting to start again starts nothing', async (t) => {
  const { agent, start, starts, passS, latest } = supervised(t);
  await start();
  latest().exit(CRASH);
  await agent.stop(3000);
  await passS(60);
  assert.equal(starts.length, 1);
});

test('a failure that another start would not mend stops at once with its reason', async (t) => {
  const { start, starts, said, passS, latest } = supervised(t);
  await start();
  latest().say({ kind: 'failed', reason: 'SecLyzer is already running on this data.', permanent: true });
  latest().exit({ kind: 'exited', code: 1 });
  assert.deepEqual(said.at(-1), { kind: 'stopped', reason: 'SecLyzer is already running on this data.' });
  await passS(60);
  assert.equal(starts.length, 1);
  await start();
  assert.equal(starts.length, 2, 'until the user asks');
});
