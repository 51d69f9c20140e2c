// The chain of the audit log in a real browser, over a server whose agent answers from fixed values: at the moment of a decision and on the
// settings page, whole, broken and out of reach.
import { expect, test } from 'playwright/test';
import type { Decision, Handlers, LogReport } from '../src-preload/contract.ts';
import { WHOLE_LOG } from '../src-main/agent/publish/whole-log.fixture.ts';
import { useFixturePages } from './fixture-page.ts';

const pages = useFixturePages();

const atMs = Date.now() - 60_000;
const decision: Decision = {
  ...{ atMs, from: 'NORMAL', to: 'MONITORING', trust: 61, points: { keystroke: -30 } },
  reason: 'Trust fell: this may not be the owner.',
};
const entry = { seq: 1204, sound: true, sentence: 'Entry 1,204 itself is as SecLyzer wrote it.' };
const broken: LogReport = {
  ...WHOLE_LOG,
  ...{ whole: false, broken: 1, breaks: [{ seq: 7, fault: 'removed', text: 'Entry 7 is missing.' }], entry },
  sentences: ['The audit log is not whole.', 'Entry 7 is missing.', '1,309 entries.'],
};

const answering = (verifyLog: Handlers['verifyLog']): Partial<Handlers> => ({
  decisions: async () => [decision],
  moment: async () => ({ point: null, decision, said: [], entry: { seq: 1204, last: 1310 } }),
  verifyLog,
});

test('a decision names its place in the chain, and asks for all of it to be verified', async () => {
  const asked: unknown[] = [];
  const { page } = await pages.open(
    `#/history?at=${atMs}`,
    answering(async (question) => {
      asked.push(question);
      return { ...WHOLE_LOG, entry };
    }),
  );
  const moment = page.getByRole('region', { name: 'This moment' });
  await expect(moment.getByText('Part of the audit chain: entry 1,204 of 1,310.')).toBeVisible();
  await moment.getByRole('button', { name: 'Verify chain' }).click();
  await expect(moment.getByText('Part of the audit chain: entry 1,204 of 1,310, whole.')).toBeVisible();
  await expect(moment.getByText(entry.sentence)).toBeVisible();
  expect(asked).toEqual([{ entry: 1204 }]);
});

test('a chain that is broken is said to be, with the first break; one that can not be read is neither', async () => {
  let report: LogReport | null = broken;
  const { page } = await pages.open(
    `#/history?at=${atMs}`,
    answering(async () => {
      if (report === null) throw new Error('The database can not be read.');
      return report;
    }),
  );
  const moment = page.getByRole('region', { name: 'This moment' });
  await moment.getByRole('button', { name: 'Verify chain' }).click();
  await expect(moment.getByText('entry 1,204 of 1,310. The chain is broken.')).toBeVisible();
  await expect(moment.getByText(`Entry 7 is missing. ${entry.sentence}`)).toBeVisible();
  report = null;
  await moment.getByRole('button', { name: 'Verify chain' }).click();
  await expect(moment.getByText('It could not be verified: The database can not be read.')).toBeVisible();
  await expect(moment.getByText('The chain is broken.')).toHaveCount(0);
});

test('the settings page says how the log was, and all that is found', async () => {
  const { page } = await pages.open(
    '#/settings',
    answering(async () => broken),
  );
  const privacy = page.getByRole('region', { name: 'Privacy' });
  await expect(privacy.getByText('The audit log is whole.')).toBeVisible();
  await privacy.getByRole('button', { name: 'Verify now' }).click();
  await expect(privacy.getByText('The audit log is not whole. Entry 7 is missing. 1,309 entries.')).toBeVisible();
  await expect(privacy.getByText(WHOLE_LOG.hash)).toBeVisible();
});
