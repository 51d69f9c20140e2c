// What keeps the agent alive, and what is said when it is not: killed, silent, crashing again and again, told to quit at work.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type ElectronApplication, type Page } from 'playwright/test';
import { learn } from './learned.ts';
import { agentPid, ask, exitCode, isAlive, mainPid, openBySecondStart, tooltipOf, windowCount } from './running-app.ts';
import { processTree } from './process-tree.ts';
import { missingForStage, openStage, type Home, type Stage } from './stage.ts';

const missing = missingForStage();
test.skip(missing !== null, missing ?? '');

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage();
});
test.afterEach(() => stage.clear());
test.afterAll(() => stage?.stop());

const tooltip = (): Promise<string | undefined> => tooltipOf(stage)();
const live = (page: Page) => page.getByText('Live', { exact: true });
const watchingAda = ({ data }: Home): string[] => [
  ...['--data', data],
  ...['--synthetic', 'ada'],
  ...['--enrol-keystrokes', '1000000'],
];

async function open(name: string): Promise<{ app: ElectronApplication; page: Page; home: Home }> {
  const home = stage.home(name);
  const app = await stage.launch(home, watchingAda(home));
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  const page = await openBySecondStart(stage, app, home, watchingAda(home));
  await expect(live(page)).toBeVisible();
  return { app, page, home };
}

async function signalAgent(app: ElectronApplication, signal: NodeJS.Signals): Promise<number> {
  await expect.poll(() => agentPid(app)).not.toBeNull();
  const pid = await agentPid(app);
  if (pid === null) throw new Error('the agent has just gone');
  process.kill(pid, signal);
  return pid;
}

test('an agent that is killed is started again; one that crashes at every start is given up, with the reason', async () => {
  const { app, page } = await open('killed');
  const killed = [await signalAgent(app, 'SIGKILL')];
  await expect.poll(tooltip).toMatch(/^SecLyzer · starting again in 2 s\. The agent crashed \(.+\)\.$/);
  await expect(page.getByRole('note').filter({ hasText: /crashed \(.+\)\. It starts again in 2 s\./ })).toBeVisible();
  await expect(live(page)).toBeHidden();
  await expect(live(page)).toBeVisible();
  await expect.poll(tooltip).toBe('SecLyzer · learning');

  // It has been up for less than a minute, so this row of failures began with the first: two more tries, after 4 and 8 s.
  for (let starts = 1; starts < 4; starts += 1) {
    await expect.poll(async () => killed.includes((await agentPid(app)) ?? killed[0] ?? 0)).toBe(false);
    killed.push(await signalAgent(app, 'SIGKILL'));
    await expect.poll(() => killed.some((pid) => isAlive(pid))).toBe(false);
  }
  expect(new Set(killed).size).toBe(4);
  await expect.poll(tooltip).toMatch(/^SecLyzer · stopped\. The agent crashed \(.+\)\.$/);
  await expect(page.getByRole('note').filter({ hasText: /has stopped: The agent crashed \(.+\)\./ })).toBeVisible();
  expect((await stage.desktop.panel.trayItem())?.menu).toContain('Start again');
  await page.screenshot({ path: test.info().outputPath('stopped.png') });
  expect(await agentPid(app)).toBeNull();

  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(live(page)).toBeVisible();
  await expect.poll(tooltip).toBe('SecLyzer · learning');
});

test('one that does not answer any more is ended and started again; meanwhile a second start is no second program', async () => {
  const { app, page, home } = await open('silent');
  const silent = await signalAgent(app, 'SIGSTOP');

  const main = mainPid(app);
  expect((await stage.run(home, watchingAda(home))).code).toBe(0);
  expect((await stage.run(home, [...watchingAda(home), '--hidden'])).code).toBe(0);
  expect(await windowCount(app)).toBe(1);
  await page.close();
  expect((await stage.run(home, [...watchingAda(home), '--hidden'])).code).toBe(0);
  expect(await windowCount(app)).toBe(0);
  expect(isAlive(main)).toBe(true);

  await expect.poll(() => isAlive(silent), { timeout: 50_000 }).toBe(false);
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  expect(await agentPid(app)).not.toBe(silent);
});

test('quitting while it learns keeps what was learned, and waits until it is written', async () => {
  const home = stage.home('quit');
  await learn('ada', home.data);
  const args = ['--data', home.data, '--synthetic', 'ada'];
  const app = await stage.launch(home, args);
  const page = await openBySecondStart(stage, app, home, args);
  await expect(live(page)).toBeVisible();
  const before = await ask(app, 'snapshot');
  expect(before.enrolment.share).toBe(1);
  const processes = processTree(mainPid(app));
  const ended = exitCode(app);
  // Its answer goes down with the page.
  const unanswered = ask(app, 'train').catch(() => undefined);
  await (await stage.desktop.panel.trayItem())?.choose('Quit');
  expect(await ended).toBe(0);
  await unanswered;
  await expect.poll(() => processes.filter((pid) => isAlive(pid))).toEqual([]);
  // A database that was closed has none; one whose process was ended by force does.
  expect(existsSync(path.join(home.data, 'seclyzer.db-wal'))).toBe(false);

  const again = await stage.launch(home, args);
  const pageAgain = await openBySecondStart(stage, again, home, args);
  await expect(live(pageAgain)).toBeVisible();
  const after = await ask(again, 'snapshot');
  expect(after.enrolment.share).toBe(1);
  expect(after.state).not.toBe('LEARNING');
  expect(after.notices.filter(({ level }) => level !== 'info')).toEqual([]);
  const kinds = (await ask(again, 'audit', { limit: 20 })).map(({ kind }) => kind);
  // The newest first: this start, the end that was written before the program let go, the start before.
  expect(kinds.filter((kind) => kind === 'start' || kind === 'stop')).toEqual(['start', 'stop', 'start']);
});

test('what cannot work is said in one line', async () => {
  const home = stage.home('wrong');
  const misused = await stage.run(home, ['--enrol-mouse', 'many']);
  expect(misused.code).toBe(2);
  expect(misused.stderr).toContain('SecLyzer: --enrol-mouse needs a whole number of events, not "many"');

  test.skip(home.env['SECLYZER_AGENT_NODE'] === undefined, 'this Electron has a Node that the agent can run under');
  const { SECLYZER_AGENT_NODE: _left, ...bare } = home.env;
  const tooOld = await stage.run(home, watchingAda(home), bare);
  expect(tooOld.code).toBe(1);
  expect(tooOld.stderr).toMatch(
    /SecLyzer: This Electron \(\S+\) has Node-API \d+; the agent needs 10\. Name a newer Node in SECLYZER_AGENT_NODE/,
  );
});
