// What is kept, had out and verified in the real window: the file that the button writes, and the chain of a program that runs.
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import { openByClick, tooltipOf } from './running-app.ts';
import { missingForStage, openStage, type Stage } from './stage.ts';

const missing = missingForStage();
test.skip(missing !== null, missing ?? '');

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage();
});
test.afterEach(() => stage.clear());
test.afterAll(() => stage?.stop());

test('Export writes a file for its owner alone, and the audit log is verified where it stands', async () => {
  const home = stage.home('own-data');
  const app = await stage.launch(home, ['--data', home.data, '--synthetic', 'ada']);
  await expect.poll(tooltipOf(stage)).toBe('SecLyzer · learning');
  const page = await openByClick(stage, app);
  await page.evaluate(() => (location.hash = '#/settings'));
  const privacy = page.getByRole('region', { name: 'Privacy' });
  await privacy.getByRole('button', { name: 'Export', exact: true }).click();
  const said = privacy.getByText(/^Written: /);
  await expect(said).toBeVisible();
  const [, file = ''] = /^Written: (.+\.json\.gz), /.exec((await said.textContent()) ?? '') ?? [];
  expect(file.startsWith(home.folder)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const exported = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { readonly audit: readonly unknown[] };
  expect(exported.audit.length).toBeGreaterThan(0);

  await privacy.getByRole('button', { name: 'Verify now' }).click();
  // The start and the export are its entries.
  await expect(privacy.getByText(/^The audit log is whole: .* 2 entries, number 1 to 2/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('own-data.png') });
});
