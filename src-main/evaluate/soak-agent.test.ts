// Stand-ins for the built program: what is written to the error stream is kept, and how it ends is known.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { testFolder } from '../agent/store/test-folder.ts';
import { startSoakAgent, type SoakAgent } from './soak-agent.ts';

const READY = "console.log('SecLyzer dashboard: http://127.0.0.1:1/?token=t');";
const STAYS = 'setInterval(() => {}, 1000);';

function start(t: TestContext, program: string): Promise<SoakAgent> {
  const folder = testFolder(t);
  const [cliFile, insideFile] = [join(folder, 'cli.mjs'), join(folder, 'inside.mjs')];
  writeFileSync(cliFile, program);
  writeFileSync(insideFile, 'globalThis.told = JSON.parse(process.env.SECLYZER_SOAK).life.speed;');
  const inside = { life: { fromMs: 0, speed: 10 }, reportFile: join(folder, 'inside.json') };
  return startSoakAgent({ cliFile, insideFile, inside, args: ['--data', folder] });
}

test('it is told how fast to live before it begins, and without a display', async (t) => {
  const seen = "console.error(told, process.argv.slice(2, 6).join(' '), process.env.DISPLAY ?? 'none');";
  const agent = await start(t, `${seen} ${READY} ${STAYS}`);
  assert.equal(agent.url.searchParams.get('token'), 't');
  assert.equal(agent.ended(), null);
  assert.equal(await agent.stop(), 'SIGTERM');
  assert.match(agent.complaints()[0] ?? '', /^10 run --port 0 --data none$/);
  assert.equal(agent.ended(), 'SIGTERM');
});

test('one that stops properly has its exit code', async (t) => {
  const agent = await start(t, `process.on('SIGTERM', () => process.exit(0)); ${READY} ${STAYS}`);
  assert.equal(await agent.stop(), 0);
});

test('one that breaks down on the way is known to have ended, and why', async (t) => {
  const agent = await start(t, `${READY} setTimeout(() => Promise.reject(new Error('it broke')), 50);`);
  while (agent.ended() === null) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await agent.stop(), 1);
  assert.ok(agent.complaints().some((line) => line.includes('it broke')));
});

test('one that never gets ready is an error with what it said', async (t) => {
  await assert.rejects(start(t, "console.error('no room'); process.exitCode = 1;"), /did not get ready: no room/);
});
