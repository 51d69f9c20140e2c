// Everything that a whole agent has written, while it runs and after it: nothing that tells of the owner or of the machine's users stands in any
// byte of it in plain. What is searched for is first shown to be kept, by the export.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startAgent } from '../agent.ts';
import { inventEvents, typistByName } from '../collect/synthetic.ts';
import { playScenario, SCENARIOS } from '../guard/demo/scenarios.ts';
import { createRandom } from '../learn/random.ts';
import { syntheticOptions } from '../options.fixture.ts';
import { testFolder } from '../store/test-folder.ts';
import { filesIn } from './canary-search.fixture.ts';

const START_US = 1_704_704_400_000_000;
const MINUTES = 8;

/** Eight minutes of the invented typist, who works with applications of these names. */
function recording(): string {
  const lines: string[] = [];
  for (const event of inventEvents(typistByName('ada'), createRandom(1), START_US)) {
    if (event.ts > START_US + MINUTES * 60e6) break;
    lines.push(JSON.stringify(event.type === 'app' ? { ...event, app_name: `canary-${event.app_name}` } : event));
  }
  return lines.join('\n');
}

test('no file holds names of applications, profiles or users, lines of the log, sentences or figures in plain', async (t) => {
  const folder = testFolder(t);
  const dataDir = path.join(folder, 'data');
  const [file, log] = [path.join(folder, 'minutes.jsonl'), path.join(folder, 'auth.log')];
  writeFileSync(file, recording());
  const breakIn = SCENARIOS.find(({ name }) => name === 'break-in');
  assert.ok(breakIn);
  writeFileSync(
    log,
    playScenario(breakIn, Date.now() - 5 * 86_400_000, 1)
      .map((line) => `${line}\n`)
      .join(''),
  );
  // The log guard looks at no log while a recording is played, so it is filled by an agent of its own before.
  const settingsFile = path.join(folder, 'settings.json');
  const guarding = await startAgent({
    options: { ...syntheticOptions(dataDir), settingsFile, source: { kind: 'api' }, logs: [log] },
    version: '1',
  });
  for (
    let tries = 0;
    tries < 200 && (await guarding.handlers.incidents({ limit: 1, by: 'risk' })).length === 0;
    tries++
  )
    await new Promise((resolve) => setTimeout(resolve, 25));
  const beside = filesIn(dataDir);
  await guarding.stop();
  const agent = await startAgent({
    options: {
      ...syntheticOptions(dataDir),
      ...{ settingsFile, enrol: { keystroke: 400, mouse: 60, app: 5 } },
      source: { kind: 'replay', files: [file], speed: 1000 },
    },
    version: '1',
  });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= agent.stop());
  t.after(stop);
  await agent.handlers.renameProfile({ id: '1', name: 'canary-profile' });
  const enough = async (): Promise<boolean> => (await agent.handlers.decisions({ limit: 1 })).length > 0;
  for (let tries = 0; tries < 800 && !(await enough()); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(await enough(), 'it has learned and decided');
  let exported = '';
  for await (const piece of agent.exported({ fromMs: null, toMs: null })) exported += piece;
  const kept = JSON.parse(exported) as {
    readonly windows: readonly { readonly vector: readonly number[] }[];
    readonly decisions: readonly { readonly reason: string }[];
    readonly guardAlerts: readonly { readonly lines: readonly string[] }[];
  };
  const vector = kept.windows.find(
    (one) => one.vector.length > 3 && one.vector.slice(0, 3).every((value) => value !== 0),
  )?.vector;
  const line = kept.guardAlerts.find(({ lines }) => lines.length > 0)?.lines[0];
  assert.ok(vector !== undefined && line !== undefined);
  const written = [...beside, ...filesIn(dataDir)];
  await stop();
  const tells: Readonly<Record<string, string | Buffer>> = {
    ...{ 'an application': 'canary-', 'a profile': 'canary-profile', 'an address of the log': '203.0.113.' },
    ...{ 'a line of the log': line.slice(0, 40), 'a program of the log': 'sshd' },
    'a reason': kept.decisions[0]?.reason ?? '',
    'a sentence of the audit log': 'SecLyzer started',
    'figures of the mouse': Buffer.from(Float32Array.from(vector.slice(0, 3)).buffer),
    'a part of a model card': '"graphs"',
    'a name of a field': 'busyPercent',
  };
  const all = [...written, ...filesIn(dataDir)];
  assert.ok(['seclyzer.db-wal', 'guard.db'].every((name) => all.some(({ where }) => where.endsWith(name))));
  for (const [what, told] of Object.entries(tells)) {
    if (typeof told === 'string' && !what.includes('model'))
      assert.ok(exported.includes(JSON.stringify(told).slice(1, -1)), `${what} is kept: ${told}`);
    for (const { where, bytes } of all) assert.ok(!bytes.includes(told), `${what} stands in ${where}`);
  }
});
