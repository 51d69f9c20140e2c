// The page “Log guard” in a real browser, over a server whose agent answers from fixed values: everything that there is to show of a
// break-in, hundreds of incidents, hostile text.
import { expect, test, type Page } from 'playwright/test';
import type { GuardStatus, Incident, IncidentDetail } from '../src-preload/contract.ts';
import { SETTINGS } from '../src-main/agent/publish/settings.fixture.ts';
import { useFixturePages } from './fixture-page.ts';
import { brokenInto, guardAnswers, manyIncidents, STATUS } from './guard-fixture.ts';

const MINUTE_MS = 60_000;
let detail: IncidentDetail;
const pages = useFixturePages();
test.beforeAll(async () => {
  detail = await brokenInto(Date.now() - 12 * MINUTE_MS);
});

const incidents = (page: Page) => page.getByRole('region', { name: 'Incidents, the worst first' });
const rows = (page: Page) => incidents(page).getByRole('listitem');
const chosen = (page: Page) => page.getByRole('region', { name: /^Incident \d+$/ });
const isNarrowEnough = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test('a notification’s address opens the very incident: its steps, why it counts, and trust around it', async () => {
  const { incident } = detail;
  const { page } = await pages.open(`#/guard?incident=${incident.id}`, guardAnswers(detail, []));
  const panel = chosen(page);
  await expect(panel).toBeFocused();
  await expect(panel.getByText(incident.title)).toBeVisible();
  await expect(panel.getByText(/^score \d+ of 100$/)).toBeVisible();
  await expect(panel.getByText('from 203.0.113.66, user alice')).toBeVisible();
  const steps = panel.getByRole('list', { name: 'Steps of the attack' }).getByRole('listitem');
  await expect(steps).toHaveCount(5);
  await expect(steps.first()).toHaveText(/^\d\d:\d\d:\d\dCredential AccessT1110\.001 Brute Force: Password Guessing$/);
  for (const technique of ['T1110.001 Brute Force: Password Guessing (Credential Access)', 'T1070.002'])
    await expect(panel.getByText(technique).first()).toBeVisible();
  // The worst alert is explained at once; its points come to its score.
  await expect(panel.locator('details[open] .reasons')).toHaveCount(1);
  const points = await panel.locator('details[open] .reasons .reason-points').allTextContents();
  const sum = points.reduce((all, text) => all + Number(text.replace('+', '')), 0);
  const worst = Math.max(...detail.alerts.map(({ score }) => score));
  expect(Math.abs(sum - 100 * worst)).toBeLessThanOrEqual(points.length);
  // The drop of trust, the alerts and the anomaly of the machine on one axis, each in its row.
  await expect(panel.getByText(/lowest 28 at .* 6 log alerts, 1 host anomaly\./)).toBeVisible();
  await expect(panel.locator('.chart-lane')).toHaveText(['State', 'Log', 'Host']);
  const [state, log, host] = ['Lockdown', 'In the log', 'Very unusual for this machine'].map((title) =>
    panel.locator('.chart-pin', { hasText: title }).first(),
  );
  const top = async (pin: typeof state): Promise<number> => (await pin?.locator('g').boundingBox())?.y ?? NaN;
  expect(await top(host)).toBeLessThan(await top(log));
  expect(await top(log)).toBeLessThan(await top(state));
  await panel.getByRole('link', { name: 'This time under History' }).click();
  await expect(page).toHaveURL(new RegExp(`#/history\\?at=${incident.firstMs}$`));
});

test('lines of the log stay with the agent until somebody asks, and nothing in them is hidden', async () => {
  const hostile = 'Failed password for \u001b[2Kroot\u202e from 203.0.113.9 <img src=x onerror=alert(1)>';
  const lines = [{ alert: 1, line: hostile }];
  const asked: boolean[] = [];
  const answers = guardAnswers({ ...detail, lines, lineCount: 1 }, []);
  const { page } = await pages.open(`#/guard?incident=${detail.incident.id}`, {
    ...answers,
    incident: async (arg) => {
      asked.push(arg.lines);
      if (answers.incident === undefined) throw new Error('the fixture answers nothing');
      return answers.incident(arg);
    },
  });
  const show = chosen(page).getByRole('button', { name: 'Show 1 line' });
  await expect(show).toBeVisible();
  expect(asked).not.toContain(true);
  expect(await page.content()).not.toContain('203.0.113.9');
  await show.click();
  const line = page.getByRole('list', { name: 'Lines of the log' }).getByRole('listitem');
  await expect(line).toHaveText(
    'Failed password for \\x1b[2Kroot\\u{202e} from 203.0.113.9 <img src=x onerror=alert(1)>',
  );
  await expect(line.locator('.unseen-mark')).toHaveText(['\\x1b', '\\u{202e}']);
  await expect(line.locator('img')).toHaveCount(0);
  await chosen(page).getByRole('button', { name: 'Hide the lines' }).click();
  expect(await page.content()).not.toContain('203.0.113.9');
});

test('what could be done is copied, never run, and an acknowledgement can be taken back', async () => {
  const { page, push } = await pages.open(
    `#/guard?incident=${detail.incident.id}`,
    guardAnswers(detail, manyIncidents(4, detail.incident.lastMs)),
  );
  const panel = chosen(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.getByRole('button', { name: /^Copy the undo of: Block the address 203\.0\.113\.66/ }).click();
  await expect(panel.getByText('Copied').first()).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe('sudo iptables -D INPUT -s 203.0.113.66 -j DROP');

  await expect(rows(page)).toHaveCount(5);
  await panel.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(panel.getByText('Acknowledged now')).toBeVisible();
  await expect(rows(page)).toHaveCount(4);
  await panel.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'Acknowledge' })).toBeVisible();
  await expect(rows(page)).toHaveCount(5);
  const title = 'The account support was made by somebody else.';
  const fresh: Incident = { ...detail.incident, id: 77, risk: 'CRITICAL', lastMs: Date.now(), title };
  push({ push: 'incident', data: fresh });
  await expect(rows(page).first()).toContainText(title);
  await expect(page.locator('[aria-live=polite]').getByText(`Incident in the log: ${title}`)).toBeAttached();
});

test('an incident that is not kept any more is said to be gone', async () => {
  const { page } = await pages.open('#/guard?incident=999', guardAnswers(detail, []));
  await expect(chosen(page).getByRole('alert')).toHaveText('There is no incident 999, or not any more.');
  await chosen(page).getByRole('link', { name: 'Close' }).click();
  await expect(page).toHaveURL(/#\/guard$/);
});

test('while it is in doubt who asks, an acknowledgement is refused with its reason', async () => {
  const { page } = await pages.open(`#/guard?incident=${detail.incident.id}`, {
    ...guardAnswers(detail, []),
    acknowledgeIncident: () => Promise.reject(new Error('Unlock the screen first.')),
  });
  await chosen(page).getByRole('button', { name: 'Acknowledge' }).click();
  await expect(chosen(page).getByRole('alert')).toHaveText('Unlock the screen first.');
  await expect(chosen(page).getByRole('button', { name: 'Acknowledge' })).toBeEnabled();
});

test('hundreds of incidents: sorted by risk, filtered, searched and walked through by keyboard', async () => {
  const { page } = await pages.open('#/guard', {
    ...guardAnswers(detail, manyIncidents(499, detail.incident.lastMs - MINUTE_MS)),
  });
  const list = incidents(page);
  // Of 499 every fifth is acknowledged: 99. The break-in is one of those that are left.
  await expect(list.getByRole('status')).toHaveText('401 incidents of 500, the worst that are kept');
  await expect(rows(page)).toHaveCount(25);
  await expect(rows(page).first()).toContainText(detail.incident.title);
  await list.getByRole('button', { name: 'Show more (376 left)' }).click();
  await expect(rows(page)).toHaveCount(50);
  await list.getByRole('button', { name: 'Both' }).click();
  // One in four of 499 from the fourth on is critical: 124, and the break-in.
  await list.getByRole('button', { name: 'Critical' }).click();
  await expect(list.getByRole('status')).toHaveText(/^125 incidents of 500/);
  await list.getByLabel('Look for').fill('t1110.001 203.0.113.7');
  // 203.0.113.7 and .70 to .79 among the addresses: 7, 71, 75 and 79 have the remainder of a critical one, and 257 and so on as well.
  const critical = manyIncidents(499, 0).filter(
    ({ risk, title }) => risk === 'CRITICAL' && title.includes('203.0.113.7'),
  );
  await expect(list.getByRole('status')).toHaveText(new RegExp(`^${critical.length} incidents of 500`));
  const [typing] = await Promise.all([typingCostMs(page), list.getByLabel('Look for').fill('')]);
  expect(typing).toBeLessThan(500);
  await rows(page).first().getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(2).getByRole('link')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(chosen(page)).toBeFocused();
  await list.getByLabel('Look for').fill('nobody');
  await expect(list.getByText(/^None of the incidents fits/)).toBeVisible();
});

/** The longest that the page stood still from now on. */
const typingCostMs = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let [last, longest] = [performance.now(), 0];
        const endMs = last + 700;
        const frame = (now: number): void => {
          longest = Math.max(longest, now - last);
          last = now;
          if (now < endMs) requestAnimationFrame(frame);
          else resolve(longest);
        };
        requestAnimationFrame(frame);
      }),
  );

test('nothing found, nothing readable with the command that helps, and turned off with the way back on', async () => {
  const calm = await pages.open('#/guard', { guard: async () => STATUS });
  await expect(calm.page.getByText('No incidents in the last 7 days; 12,430 lines read.')).toBeVisible();
  await expect(calm.page.getByText('Reading the journal')).toBeVisible();
  await expect(calm.page.getByRole('meter', { name: 'What is usual on this machine' })).toHaveText('180 of 256 events');

  const command = 'sudo usermod -aG systemd-journal ada';
  const refused: GuardStatus['sources'] = [
    {
      ...{ name: 'the log', status: 'unavailable', reason: 'the journal shows only your own messages' },
      ...{ fix: `${command}, then log out and in again.`, command, lines: 0, lastMs: null },
    },
  ];
  const blind = await pages.open('#/guard', { guard: async () => ({ ...STATUS, sources: refused }) });
  const state = blind.page.getByRole('region', { name: 'How it is doing' });
  await expect(state.getByText('The journal shows only your own messages. Run this command, then')).toBeVisible();
  await expect(state.getByText(command, { exact: true })).toBeVisible();
  await state.getByRole('button', { name: 'Copy the command' }).focus();
  await state.getByText('Details, and the switch to turn it off').click();
  await expect(state.getByRole('switch', { name: 'Read the log of this machine' })).toBeChecked();

  const changes: unknown[] = [];
  const off = {
    ...SETTINGS,
    settings: { ...SETTINGS.settings, guard: { ...SETTINGS.settings.guard, enabled: false } },
  };
  const { page } = await pages.open('#/guard', {
    ...{ guard: async () => STATUS, settings: async () => off },
    changeSettings: async (change) => {
      changes.push(change.guard?.enabled);
      return SETTINGS;
    },
  });
  await expect(page.getByText('Nobody reads the log of this machine.')).toBeVisible();
  await page.getByRole('switch', { name: 'Read the log of this machine' }).click();
  await expect(page.getByText('Reading the journal')).toBeVisible();
  expect(changes).toEqual([true]);
});

test('from 480 px to 1500 px, dark and light, nothing reaches out of the window', async () => {
  const own = guardAnswers(detail, manyIncidents(40, detail.incident.lastMs));
  for (const width of [480, 640, 799, 800, 960, 1500]) {
    const { page } = await pages.open(`#/guard?incident=${detail.incident.id}`, own, { width });
    await page.emulateMedia({ colorScheme: width % 500 === 0 ? 'light' : 'dark' });
    await expect(chosen(page).getByText(/6 log alerts/)).toBeVisible();
    await chosen(page)
      .getByRole('button', { name: /^Show \d+ lines$/ })
      .click();
    expect(await isNarrowEnough(page), `${width} px`).toBe(true);
    await page.screenshot({ path: test.info().outputPath(`incident-${width}.png`), fullPage: true });
    await page.close();
  }
});
