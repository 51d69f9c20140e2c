import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { AgentMessage, MainMessage } from '../../src-preload/contract.ts';
import type { AgentChild, AgentExit } from './agent-child.ts';
import { createAgentProcess, type AgentStatus } from './agent-process.ts';

const OPTIONS = { dataDir: '/data', modelsDir: '/models', source: { kind: 'live' }, enrol: {} } as const;

/** A supervised process under the test's own hands and clock. */
function supervised(t: TestContext) {
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
  const agent = createAgentProcess(spawn, OPTIONS, () => nowMs);
  const said: AgentStatus[] = [];
  agent.onStatus((status) => said.push(status));
  const passS = (seconds: number) => {
    nowMs += seconds * 1000;
    t.mock.timers.tick(seconds * 1000);
  };
  const latest = () => {
    const start = starts.at(-1);
    assert.ok(start);
    return start;
  };
  return { agent, starts, said, passS, latest };
}

const READY: AgentMessage = { kind: 'ready', version: '1.0.0', pid: 42 };
const CRASH: AgentExit = { kind: 'crashed', how: 'SIGSEGV' };

test('starts, gets ready, passes on what the agent says', (t) => {
  const { agent, said, latest } = supervised(t);
  const lines: unknown[] = [];
  let readyCount = 0;
  agent.onLine((channel, data) => lines.push([channel, data]));
  agent.onReady(() => readyCount++);
  agent.start();
  agent.start();
  assert.deepEqual(latest().sent, [{ kind: 'start', options: OPTIONS }]);
  assert.equal(agent.ready(), null);
  latest().say(READY);
  latest().say({ kind: 'status', state: 'NORMAL', trust: 91, sentence: 'This is you.' });
  latest().say({ kind: 'line', channel: 3, data: { push: 'x' } });
  assert.notEqual(agent.ready(), null);
  assert.equal(readyCount, 1);
  assert.deepEqual(lines, [[3, { push: 'x' }]]);
  assert.deepEqual(said.at(-1), { kind: 'running', state: 'NORMAL', trust: 91, sentence: 'This is you.' });
});

test('a crash is told from an exit, and the agent starts again after 2, 4 and 8 s, then stops with the reason', (t) => {
  const { agent, starts, said, passS, latest } = supervised(t);
  agent.start();
  latest().say(READY);
  latest().exit(CRASH);
  assert.equal(agent.ready(), null);
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent crashed (SIGSEGV).', delayS: 2 });
  passS(1.9);
  assert.equal(starts.length, 1);
  passS(0.1);
  assert.equal(starts.length, 2);
  latest().exit({ kind: 'exited', code: 7 });
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent ended by itself (exit code 7).', delayS: 4 });
  passS(4);
  latest().exit(CRASH);
  passS(8);
  assert.equal(starts.length, 4);
  latest().say({ kind: 'failed', reason: 'No space is left on the disk.', permanent: false });
  latest().exit({ kind: 'exited', code: 1 });
  assert.deepEqual(said.at(-1), { kind: 'stopped', reason: 'No space is left on the disk.' });
  passS(3600);
  assert.equal(starts.length, 4);
  agent.start();
  latest().exit(CRASH);
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent crashed (SIGSEGV).', delayS: 2 });
});

test('a silent agent is ended after 30 s, one with a heartbeat is not', (t) => {
  const { agent, said, passS, latest } = supervised(t);
  agent.start();
  latest().say(READY);
  for (let beat = 0; beat < 20; beat++) {
    passS(5);
    latest().say({ kind: 'heartbeat', atMs: 1_700_000_000_000 });
  }
  assert.equal(latest().killed, false);
  passS(30);
  assert.equal(latest().killed, false);
  passS(5);
  assert.equal(latest().killed, true);
  assert.deepEqual(said.at(-1), { kind: 'restarting', reason: 'The agent did not answer for 30 s.', delayS: 2 });
});

test('an agent that speaks another language is ended', (t) => {
  const { agent, said, latest } = supervised(t);
  agent.start();
  latest().say({ kind: 'ready', version: 5 });
  assert.equal(latest().killed, true);
  const status = said.at(-1);
  assert.ok(status?.kind === 'restarting');
  assert.match(status.reason, /^The agent sent what the program does not understand \(agent message: version: /);
});

test('stopping waits for the agent to write, starts nothing again, and may be asked twice', async (t) => {
  const { agent, starts, passS, latest } = supervised(t);
  agent.start();
  latest().say(READY);
  const ends: string[] = [];
  const stops = [agent.stop(3000).then(() => ends.push('first')), agent.stop(3000).then(() => ends.push('second'))];
  assert.deepEqual(latest().sent.at(-1), { kind: 'stop' });
  passS(2);
  assert.deepEqual(ends, []);
  latest().say({ kind: 'stopped' });
  await Promise.all(stops);
  assert.equal(latest().killed, false);
  latest().exit({ kind: 'exited', code: 0 });
  passS(60);
  assert.equal(starts.length, 1);
});

test('an agent that does not stop in time is ended', async (t) => {
  const { agent, passS, latest } = supervised(t);
  agent.start();
  const stopped = agent.stop(3000);
  passS(3);
  await stopped;
  assert.equal(latest().killed, true);
});

test('stopping while waiting to start again starts nothing', async (t) => {
  const { agent, starts, passS, latest } = supervised(t);
  agent.start();
  latest().exit(CRASH);
  await agent.stop(3000);
  passS(60);
  assert.equal(starts.length, 1);
});

test('a failure that another start would not mend stops at once with its reason', (t) => {
  const { agent, starts, said, passS, latest } = supervised(t);
  agent.start();
  latest().say({ kind: 'failed', reason: 'SecLyzer is already running on this data.', permanent: true });
  latest().exit({ kind: 'exited', code: 1 });
  assert.deepEqual(said.at(-1), { kind: 'stopped', reason: 'SecLyzer is already running on this data.' });
  passS(60);
  assert.equal(starts.length, 1);
  agent.start();
  assert.equal(starts.length, 2, 'until the user asks');
});
