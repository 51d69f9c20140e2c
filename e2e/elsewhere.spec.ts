// What works here and what elsewhere, on the settings page in a real browser, over a server whose agent keeps what is changed: choices and what they
// mean, why they do not work as it stands, light, dark and narrow.
import path from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import type { Handlers, SettingsView } from '../src-preload/contract.ts';
import { SETTINGS } from '../src-main/agent/publish/settings.fixture.ts';
import { useFixturePages } from './fixture-page.ts';
import { ARTEFACTS } from './stage.ts';

const pages = useFixturePages();

/** Keeps what is changed, and finds that no key of a fleet is there. */
function keeping(url: string | null): Partial<Handlers> {
  let view: SettingsView = {
    ...SETTINGS,
    settings: { ...SETTINGS.settings, redis: { ...SETTINGS.settings.redis, url } },
  };
  const keyless = 'there is no key of the fleet. Make one once with seclyzer fleet key, and copy it to /data/fleet.key';
  return {
    settings: async () => view,
    changeSettings: async (change) => {
      const settings = { ...view.settings, ...change } as SettingsView['settings'];
      const { scoring, features } = settings.stages;
      const wanted = settings.redis.collect;
      view = {
        ...view,
        settings,
        collecting: { ...view.collecting, wanted, reason: wanted ? keyless : null },
        stages: {
          features: { ...view.stages.features, place: features },
          scoring: {
            ...{ ...view.stages.scoring, place: scoring, refused: scoring === 'local' ? 0 : 3 },
            reason: scoring === 'local' ? null : 'nothing has come from a scorer',
          },
        },
      };
      return view;
    },
  };
}

const panelOf = (page: Page) => page.getByRole('region', { name: 'Here and elsewhere' });

test('without a Redis nothing can be chosen but this machine, and it is said why', async () => {
  const { page } = await pages.open('#/settings', keeping(null));
  const panel = panelOf(page);
  await expect(panel.getByText('Not available here: no Redis is named. Put its address under Redis.')).toHaveCount(3);
  await expect(panel.getByRole('switch', { name: 'Send windows to scorers' })).toBeDisabled();
  for (const name of ['Who scores', 'Who measures the mouse']) {
    const group = panel.getByRole('group', { name });
    await expect(group.getByRole('radio', { name: 'This machine', exact: true })).toBeChecked();
    await expect(group.getByRole('radio', { name: 'Others', exact: true })).toBeDisabled();
  }
});

test('each choice is kept at once, with what it lacks beside it, and all goes back to the defaults', async () => {
  const { page, calls } = await pages.open('#/settings', keeping('rediss://redis.example'), {
    ...{ width: 1200, height: 900 },
  });
  const panel = panelOf(page);
  const scoring = panel.getByRole('group', { name: 'Who scores' });
  await scoring.getByRole('radio', { name: 'This machine, compared with others' }).check();
  await expect(panel.getByText('Saved')).toBeVisible();
  await expect(panel.getByText(/^Nothing goes to scorers from here, so none can answer\. Turn on “Send/)).toBeVisible();
  await panel.getByRole('switch', { name: 'Send windows to scorers' }).check();
  await expect(panel.getByText(/^There is no key of the fleet\. Make one once with seclyzer fleet key/)).toBeVisible();
  await expect(panel.getByRole('textbox', { name: 'File of the fleet’s key' })).toBeVisible();
  // The keyboard alone.
  await scoring.getByRole('radio', { name: 'This machine, compared with others' }).press('ArrowDown');
  await expect(scoring.getByRole('radio', { name: 'Others', exact: true })).toBeChecked();
  await expect(
    scoring.getByText(/^What this machine makes is used; nothing has come from a scorer\. Refused, .* 3 messages\.$/),
  ).toBeVisible();
  const fresh = panel.getByRole('textbox', { name: 'A score is fresh for' });
  await fresh.fill('1');
  await fresh.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('“1” was not saved: must be at least 2.');
  for (const [width, colorScheme] of [
    [1200, 'light'],
    [1200, 'dark'],
    [420, 'dark'],
    [420, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(wide).toBeLessThanOrEqual(0);
    await panel.screenshot({ path: path.join(ARTEFACTS, `elsewhere-${width}-${colorScheme}.png`) });
  }
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.screenshot({ path: path.join(ARTEFACTS, 'elsewhere-page.png'), fullPage: true });
  await panel.getByRole('button', { name: 'Back to defaults' }).click();
  await expect(scoring.getByRole('radio', { name: 'This machine', exact: true })).toBeChecked();
  await expect(panel.getByRole('switch', { name: 'Send windows to scorers' })).not.toBeChecked();
  expect(calls).not.toContain('deleteData');
});
