// An attack on a real log file while the page “Log guard” is open, over the browser host: found line by line, acknowledged, and pinned to
// the time axis of History.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { linkOf } from './browser-host.ts';
import { useFixturePages } from './fixture-page.ts';
import { linesUntil } from './guard-fixture.ts';

const pages = useFixturePages();

const rows = (page: Page) => page.getByRole('region', { name: 'Incidents, the worst first' }).getByRole('listitem');
const chosen = (page: Page) => page.getByRole('region', { name: /^Incident \d+$/ });

test('an attack on a real file: learned of while the page is open, line by line, and found under History', async () => {
  test.setTimeout(120_000);
  const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-log-guard-'));
  const log = path.join(home, 'auth.log');
  const lines = linesUntil('break-in', Date.now());
  const cut = lines.findIndex((line) => line.includes('203.0.113.66'));
  writeFileSync(log, text(lines.slice(0, cut)));
  const host = startHost(home, log);
  try {
    const page = await pages.blank();
    await page.goto(`${await linkOf(host)}#/guard`);
    await expect(page.getByText(`Reading ${log}`)).toBeVisible();
    await expect(page.getByText(/^No incidents in the last 7 days; [\d,]+ lines read\.$/)).toBeVisible();
    const attack = lines.slice(cut);
    for (let from = 0; from < attack.length; from += 20) {
      appendFileSync(log, text(attack.slice(from, from + 20)));
      await page.waitForTimeout(300);
    }
    await expect(rows(page).first()).toContainText('An attack in 5 steps');
    await rows(page).first().getByRole('link').click();
    await expect(
      chosen(page).getByRole('button', { name: /^Copy the command: Lock the new account support/ }),
    ).toBeVisible();
    await chosen(page)
      .getByRole('button', { name: /^Show \d+ lines$/ })
      .click();
    await expect(page.getByText(/Accepted password for alice from 203\.0\.113\.66/).first()).toBeVisible();
    await chosen(page).getByRole('button', { name: 'Acknowledge' }).click();
    await expect(chosen(page).getByText('Acknowledged now')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('attacked.png'), fullPage: true });
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await page.getByRole('link', { name: /In the log: high risk.*empties, edits or removes files/ }).click();
    await page.getByRole('link', { name: 'The whole incident under Log guard' }).click();
    await expect(chosen(page)).toBeFocused();
    await page.close();
  } finally {
    host.kill('SIGINT');
    await once(host, 'exit');
    rmSync(home, { recursive: true, force: true });
  }
});

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

function startHost(home: string, log: string): ChildProcess {
  const cli = path.resolve(import.meta.dirname, '../out/main/cli.js');
  const data = path.join(home, 'data');
  return spawn(process.execPath, [cli, 'run', '--data', data, '--port', '0', '--synthetic', 'ada', '--logs', log], {
    env: { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: path.join(home, 'share') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
