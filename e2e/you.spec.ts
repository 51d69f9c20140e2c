// The page “You” in a real browser. First over a server whose agent answers from fixed values, so that everything there is to show
// can be shown; then over the browser host with a learned synthetic owner, from what was learned to a drill.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import type { Accuracy, Drill, Handlers, Learning, Push } from '../src-preload/contract.ts';
import { learningFixture } from '../src-main/agent/publish/learning.fixture.ts';
import { linkOf } from './browser-host.ts';
import { useFixturePages } from './fixture-page.ts';
import { learn } from './learned.ts';

interface Stage {
  readonly page: Page;
  /** What the agent was asked to change, with its argument. */
  readonly asked: unknown[];
  readonly push: (push: Push) => void;
}

const pages = useFixturePages();

/** The page over an agent that knows this. */
async function open(learning: Learning, own: Partial<Handlers> = {}, width = 960): Promise<Stage> {
  const asked: unknown[] = [];
  const change =
    (name: string) =>
    async (arg: unknown): Promise<Learning> => {
      asked.push([name, arg]);
      return learning;
    };
  const handlers: Partial<Handlers> = {
    learning: async () => learning,
    addProfile: change('addProfile'),
    renameProfile: change('renameProfile'),
    removeProfile: change('removeProfile'),
    useVersion: change('useVersion'),
    thatWasMe: async (arg) => {
      asked.push(['thatWasMe', arg]);
      return 'Learned from 40 keystrokes.';
    },
    ...own,
  };
  const { page, push } = await pages.open('#/you', handlers, { width });
  await expect(page.getByRole('heading', { level: 1, name: 'You' })).toBeVisible();
  return { page, asked, push };
}

const rich = (): Learning => learningFixture(Date.now());

/** With the figures of the first model replaced. */
function withAccuracy(accuracy: Accuracy): Learning {
  const learning = rich();
  const [laptop] = learning.profiles;
  const [typing] = laptop?.modalities ?? [];
  const [version] = typing?.versions ?? [];
  if (laptop === undefined || typing === undefined || version === undefined)
    throw new Error('the fixture has no model');
  const modalities = [{ ...typing, versions: [{ ...version, accuracy }] }];
  return { ...learning, profiles: [{ ...laptop, modalities }] };
}

test('how well it works, in words, on the curve and in its table', async () => {
  const measured = (value: number, low: number, high: number) => ({ value, low, high });
  const { page } = await open(
    withAccuracy({
      ...{ window: '50 keystrokes', genuineTrials: 212, impostorTrials: 3000 },
      ...{ eer: measured(0.03, 0.02, 0.05), far: measured(0.05, 0.04, 0.06), frr: measured(0.02, 0.01, 0.04) },
      det: [
        [0.0004, 0.31],
        [0.01, 0.12],
        [0.05, 0.02],
        [0.4, 0.001],
      ],
    }),
  );
  const accuracy = page.getByRole('region', { name: 'How well it tells you from others' });
  await expect(accuracy).toContainText('Of 100 stretches of 50 keystrokes of yours, 2 would be doubted (1 to 4).');
  await expect(accuracy).toContainText('Of 100 such stretches of somebody else’s, 5 would pass for yours (4 to 6).');
  await expect(accuracy).toContainText('Measured on 212 stretches of yours');
  await expect(accuracy.getByRole('img', { name: /5 % of others’ pass and 2 % of yours are doubted/ })).toBeVisible();
  // Where the dot lies in the frame from .05 % to 60 %, by the quantiles of Python's statistics.NormalDist().
  const [low, high, across, up] = [-3.2905267, 0.2533471, -1.6448536, -2.0537489];
  const [grid, dot] = [accuracy.locator('.recharts-cartesian-grid'), accuracy.locator('.det-operating')];
  const [frame, point] = [await grid.boundingBox(), await dot.boundingBox()];
  if (frame === null || point === null) throw new Error('the curve is not drawn');
  const [x, y] = [point.x + point.width / 2 - frame.x, frame.y + frame.height - point.y - point.height / 2];
  expect(Math.abs(x / frame.width - (across - low) / (high - low))).toBeLessThan(0.006);
  expect(Math.abs(y / frame.height - (up - low) / (high - low))).toBeLessThan(0.006);
  await accuracy.getByText('The curve as a table').click();
  await expect(accuracy.getByRole('row').filter({ hasText: /^0\.1 %/ })).toContainText('31 %');
  await expect(accuracy.getByRole('row').filter({ hasText: /^5 %/ })).toContainText('2 %');

  const term = accuracy.getByText('FRR', { exact: true }).first();
  await term.focus();
  await expect(accuracy.getByText(/^False rejection rate/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(accuracy.getByText(/^False rejection rate/).first()).toBeHidden();
});

test('a profile is added, renamed and removed by keyboard, and a refusal is said where it was asked', async () => {
  const { page, asked } = await open(rich(), {
    addProfile: () => Promise.reject(new Error('There is a profile of that name already.')),
  });
  const known = page.getByRole('region', { name: 'What SecLyzer knows of you' });
  await known.getByRole('button', { name: 'Add a profile' }).focus();
  await page.keyboard.press('Enter');
  await expect(known.getByLabel('Its name')).toBeFocused();
  await page.keyboard.type('Laptop');
  await page.keyboard.press('Enter');
  await expect(known.getByRole('alert')).toHaveText('There is a profile of that name already.');
  await page.keyboard.press('Escape');
  await expect(known.getByRole('button', { name: 'Add a profile' })).toBeFocused();

  await known.getByRole('button', { name: 'Rename Laptop' }).click();
  await page.keyboard.type('Kitchen table');
  await page.keyboard.press('Enter');
  await expect(known.getByLabel('New name')).toBeHidden();
  await known.getByRole('button', { name: 'Remove At the dock' }).click();
  await expect(known.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await known.getByRole('button', { name: 'Remove At the dock' }).click();
  await known.getByRole('button', { name: 'Remove and forget' }).click();
  await expect(known.getByText('Remove “At the dock”?')).toBeHidden();
  expect(asked).toEqual([
    ['renameProfile', { id: 'laptop', name: 'Kitchen table' }],
    ['removeProfile', { id: 'dock' }],
  ]);
});

test('a way back says what it forgets before it is gone', async () => {
  const { page, asked } = await open(rich());
  const known = page.getByRole('region', { name: 'What SecLyzer knows of you' });
  await known.getByText(/^Version 4 of .*, 3 earlier$/).click();
  await expect(known.getByText(/^Version 3, made .*: an alarm was yours$/)).toBeVisible();
  await known.getByRole('button', { name: 'Go back to version 2 of typing' }).click();
  await expect(known.getByText(/Versions 3 and 4 and everything that was learned of your typing after/)).toBeVisible();
  await known.getByRole('button', { name: 'Go back and forget' }).click();
  await expect(known.getByText('Go back to version 2 of typing?')).toBeHidden();
  expect(asked).toEqual([['useVersion', { profile: 'laptop', modality: 'keystroke', version: 2 }]]);
});

test('where nothing may be changed the controls are off and the reason stands beside them, until it has gone', async () => {
  const why = 'Lock the screen and unlock it with your password first.';
  const { page, push } = await open({ ...rich(), refusal: why });
  await expect(page.getByText(why)).toHaveCount(2);
  const deeds = page.getByRole('button', { name: /^(Remove|Add|That was me)/ });
  await expect(deeds).toHaveCount(5);
  for (const deed of await deeds.all()) await expect(deed).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Rename Laptop' })).toBeEnabled();
  push({ push: 'learning', data: rich() });
  await expect(page.getByText(why)).toHaveCount(0);
  for (const deed of await deeds.all()) await expect(deed).toBeEnabled();
});

test('“That was me” on the page and at the moment of the alarm', async () => {
  const learning = rich();
  const [newest] = learning.alarms;
  if (newest === undefined) throw new Error('the fixture has no alarm');
  const { atMs, reason } = newest;
  const decision = { atMs, from: 'NORMAL', to: 'LOCKDOWN', trust: 12, points: { keystroke: -60 }, reason } as const;
  const { page, asked } = await open(learning, { decisions: async () => [decision] });
  const alarms = page.getByRole('region', { name: 'Alarms of the last 30 days' });
  await expect(alarms.getByText('Too long ago to learn from: it will only be noted.')).toHaveCount(1);
  await expect(alarms.getByText('You have said that this was you.')).toHaveCount(1);
  await alarms.getByRole('button', { name: 'That was me' }).first().click();
  await expect(alarms.getByText('Learned from 40 keystrokes.')).toBeVisible();
  await alarms.getByRole('link', { name: /Lockdown/ }).click();
  const moment = page.getByRole('region', { name: 'This moment' });
  await moment.getByRole('button', { name: 'That was me' }).click();
  await expect(moment.getByText('Learned from 40 keystrokes.')).toBeVisible();
  expect(asked).toEqual([
    ['thatWasMe', { atMs }],
    ['thatWasMe', { atMs }],
  ]);
});

test('a drill from its start to what came of it', async () => {
  const minutes: number[] = [];
  const drill = (): Drill => ({
    ...{ startedMs: Date.now() + 3000, untilMs: Date.now() + 63_000, endedMs: null, keystrokes: 0 },
    ...{ lowestTrust: null, alarms: [], sentence: 'Hand the keyboard over now.' },
  });
  let current: Drill | null = null;
  const { page, push } = await open(rich(), {
    drill: async () => current,
    startDrill: async (arg) => {
      minutes.push(arg.minutes);
      return (current = drill());
    },
  });
  const pushDrill = (data: Drill): void => push({ push: 'drill', data: (current = data) });
  const panel = page.getByRole('region', { name: 'Impostor drill' });
  await panel.getByLabel('For').fill('0');
  await expect(panel.getByRole('button', { name: 'Start the drill' })).toBeDisabled();
  await panel.getByLabel('For').fill('1');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('timer')).toHaveText(/^[123]seconds until it begins$/);
  // Whoever types now must press no button.
  await expect(panel.getByRole('heading', { name: 'Impostor drill' })).toBeFocused();
  const height = (await panel.boundingBox())?.height;
  const underWay = {
    ...drill(),
    startedMs: Date.now() - 20_000,
    untilMs: Date.now() + 40_000,
    sentence: 'Not noticed so far.',
  };
  pushDrill({ ...underWay, keystrokes: 41 });
  await expect(panel.getByText('Not noticed so far.')).toBeVisible();
  await expect(panel.getByRole('timer')).toHaveText(/^0:(40|39)minutes left$/);
  await expect(panel.locator('.drill-figures')).toContainText('41');
  const alarm = (state: 'MONITORING' | 'RESTRICTED' | 'LOCKDOWN', seconds: number) =>
    ({ state, seconds, keystrokes: 2 * seconds, reason: 'Trust fell: hold times 2.4 sd longer than yours.' }) as const;
  const alarms = [alarm('MONITORING', 9), alarm('RESTRICTED', 15), alarm('LOCKDOWN', 18)];
  pushDrill({
    ...underWay,
    alarms: alarms.slice(0, 2),
    sentence: 'Noticed after 9 s and 18 keystrokes: typing did not fit.',
  });
  await expect(panel.getByText('after 15 s, 30 keystrokes')).toBeVisible();
  expect((await panel.boundingBox())?.height).toBe(height);
  await page.getByRole('link', { name: 'Now', exact: true }).click();
  await expect(page.getByText('An impostor drill is under way')).toBeVisible();
  await page.getByRole('link', { name: 'You', exact: true }).click();
  const over = {
    ...underWay,
    alarms,
    endedMs: Date.now(),
    lowestTrust: 12.8,
    sentence: 'Noticed after 9 s. Unlock the screen.',
  };
  pushDrill(over);
  await expect(panel.getByText('Noticed after 9 s. Unlock the screen.')).toBeVisible();
  await expect(panel.getByText('Lowest trust: 12 of 100.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Start another drill' })).toBeEnabled();
  expect(minutes).toEqual([1]);
});

test('nothing learned yet, an agent that does not tell, and a narrow window', async () => {
  const empty: Learning = { profiles: [], shared: [], alarms: [], refusal: null };
  const { page } = await open(empty);
  await expect(page.getByText(/^Nothing yet: the first profile begins/)).toBeVisible();
  await expect(page.getByText(/^The first figures come with the first model/)).toBeVisible();
  await expect(page.getByText(/^None: trust has not fallen/)).toBeVisible();
  const silent = await open(empty, { learning: () => Promise.reject(new Error('the database is closed')) });
  await expect(silent.page.getByRole('alert')).toHaveText('What was learned could not be read: the database is closed');
  await expect(silent.page.getByRole('button', { name: 'Start the drill' })).toBeVisible();
  const narrow = await open(rich(), {}, 400);
  await expect(narrow.page.getByRole('region', { name: 'Impostor drill' })).toBeVisible();
  const [inner, width] = await narrow.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(inner).toBeLessThanOrEqual(width ?? 0);
});

test('a learned owner: what is known, measured and shown, and a drill in which the owner goes unnoticed', async () => {
  test.setTimeout(240_000);
  const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-you-'));
  const data = path.join(home, 'data');
  await learn('ada', data);
  const host = startHost(home, data);
  try {
    const page = await pages.blank();
    await page.goto(`${await linkOf(host)}#/you`);
    const known = page.getByRole('region', { name: 'What SecLyzer knows of you' });
    await expect(known.getByText('Mature')).not.toHaveCount(0);
    await expect(known.getByText(/^Version \d+ of /)).not.toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('you.png'), fullPage: true });
    await known.getByRole('button', { name: /^Rename / }).click();
    await page.keyboard.type('Kitchen table');
    await page.keyboard.press('Enter');
    await expect(known.getByRole('heading', { name: 'Kitchen table' })).toBeFocused();

    const panel = page.getByRole('region', { name: 'Impostor drill' });
    await panel.getByRole('button', { name: 'Start the drill' }).click();
    await expect(panel.getByRole('timer')).toHaveText(/^[12]:\d\dminutes left$/);
    const keystrokes = panel.locator('.drill-figures dd').nth(1);
    await expect.poll(async () => Number(await keystrokes.textContent()), { timeout: 60_000 }).toBeGreaterThan(20);
    await panel.getByRole('button', { name: 'End it now' }).click();
    await expect(panel.getByText(/^Ended early\. Not noticed in \d+ s and \d+ keystrokes\. /)).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('drill.png'), fullPage: true });
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await expect(page.getByText(/^The impostor drill is over\. Ended early\./)).toBeVisible();
    await expect(page.getByText('An impostor drill of 2 min begins: nothing is learned meanwhile.')).toBeVisible();
    await page.close();
  } finally {
    host.kill('SIGINT');
    await once(host, 'exit');
    rmSync(home, { recursive: true, force: true });
  }
});

function startHost(home: string, data: string): ChildProcess {
  const cli = path.resolve(import.meta.dirname, '../out/main/cli.js');
  return spawn(process.execPath, [cli, 'run', '--data', data, '--port', '0', '--synthetic', 'ada'], {
    env: { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: path.join(home, 'share') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
