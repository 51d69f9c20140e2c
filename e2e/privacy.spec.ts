// The first part of the page “Settings” in a real browser: what is stored, how it is had out, and how it is deleted.
import { expect, test } from 'playwright/test';
import type { Deletion, KeptData } from '../src-preload/contract.ts';
import { SETTINGS } from '../src-main/agent/publish/settings.fixture.ts';
import { DELETED, KEPT } from '../src-main/agent/publish/kept-data.fixture.ts';
import { useFixturePages } from './fixture-page.ts';

const pages = useFixturePages();

const kept: KeptData = { ...KEPT, parts: [{ part: 'history', bytes: 6_400_000, sinceMs: null }] };

test('what is stored stands first, and a period of it is deleted after a question', async () => {
  const asked: Deletion[] = [];
  const { page } = await pages.open('#/settings', {
    keptData: async () => kept,
    deleteData: async (what) => {
      asked.push(what);
      return { ...DELETED, sentence: 'Deleted 3 decisions of 14 to 16 November 2026.' };
    },
  });
  const privacy = page.getByRole('region', { name: 'Privacy' });
  await expect(privacy.getByRole('row', { name: /^Trust and scores/ })).toContainText('6.4 MB');
  await privacy.getByLabel('What', { exact: true }).selectOption('history');
  await privacy.getByLabel('from', { exact: true }).fill('2026-11-14');
  await privacy.getByLabel('up to', { exact: true }).fill('2026-11-16');
  const button = privacy.getByRole('button', { name: 'Delete', exact: true });
  await button.click();
  await expect(privacy.getByText('Delete trust and scores from 14 Nov up to 16 Nov?')).toBeVisible();
  await expect(privacy.getByRole('button', { name: 'Keep it' })).toBeFocused();
  expect(asked).toEqual([]);
  await privacy.getByRole('button', { name: 'Delete it' }).click();
  await expect(privacy.getByText('Deleted 3 decisions of 14 to 16 November 2026.')).toBeVisible();
  await expect(button).toBeFocused();
  expect(asked).toMatchObject([{ parts: ['history'], modality: null }]);
});

test('in a browser the export is a download, in the window a file among the downloads', async () => {
  const inBrowser = await pages.open('#/settings', {
    settings: async () => ({ ...SETTINGS, host: 'browser' }),
  });
  const download = inBrowser.page.waitForEvent('download');
  await inBrowser.page.getByRole('link', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toMatch(/^seclyzer-.+\.json\.gz$/);
  const inWindow = await pages.open('#/settings', {});
  await inWindow.page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(inWindow.page.getByText('Written: /home/ada/Downloads/seclyzer.json.gz')).toBeVisible();
});

test('while it is in doubt who asks, both say why they are refused', async () => {
  const why = 'Not while SecLyzer doubts that this is you.';
  const { page } = await pages.open('#/settings', {
    keptData: async () => ({ ...kept, refusal: why, exportRefusal: why }),
  });
  await expect(page.getByText(why)).toHaveCount(2);
  for (const name of ['Export', 'Delete']) await expect(page.getByRole('button', { name, exact: true })).toBeDisabled();
});
