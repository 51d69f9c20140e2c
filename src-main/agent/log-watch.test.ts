import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogReport } from '../../src-preload/contract.ts';
import { createLogWatch } from './log-watch.ts';
import { createNotices } from './notices.ts';
import { WHOLE_LOG } from './publish/whole-log.fixture.ts';

const BROKEN: LogReport = {
  ...WHOLE_LOG,
  ...{ whole: false, broken: 1, breaks: [{ seq: 7, fault: 'removed', text: 'Entry 7 is missing.' }] },
  sentences: ['The audit log is not whole.', 'Entry 7 is missing.', '1,310 entries.'],
};

function watched(reports: readonly LogReport[]) {
  const notices = createNotices(() => 7);
  const waiting = [...reports];
  const asked: unknown[] = [];
  let changes = 0;
  const watch = createLogWatch({
    store: {
      verifyLog: async (question) => {
        asked.push(question);
        const report = waiting.shift();
        if (report === undefined) throw new Error('The disk is gone.');
        return report;
      },
    },
    ...{ version: '1.0.0', nowMs: () => Date.UTC(2026, 10, 21, 12), notices, changed: () => (changes += 1) },
  });
  const told = (): readonly string[] => notices.list().map(({ level, text }) => `${level}: ${text}`);
  return { watch, told, asked, changes: () => changes };
}

test('a log that is whole is told on the settings page alone, by when it was verified', async (t) => {
  const { watch, told, asked, changes } = watched([WHOLE_LOG]);
  t.after(watch.stop);
  assert.equal(watch.sentence(), 'The audit log has not been verified since SecLyzer was started.');
  assert.equal(await watch.verify({ entry: 12 }), WHOLE_LOG);
  assert.deepEqual([told(), asked, changes()], [[], [{ version: '1.0.0', entry: 12 }], 1]);
  assert.match(
    watch.sentence(),
    /^The audit log of 1,310 entries was whole when it was last verified, 21 Nov 2026, \d\d:\d\d\.$/,
  );
});

test('one that is broken is a notice as well, until it is whole', async (t) => {
  const { watch, told } = watched([BROKEN, WHOLE_LOG]);
  t.after(watch.stop);
  await watch.verify({});
  assert.match(watch.sentence(), /^The audit log is not whole\. Entry 7 is missing\. Verified 21 Nov 2026/);
  assert.deepEqual(told(), ['error: The audit log is not whole. Entry 7 is missing. See “seclyzer data verify”.']);
  await watch.verify({});
  assert.deepEqual(told(), ['info: The audit log is whole again.']);
});

test('decisions that come out otherwise are told beside a chain that is whole', async (t) => {
  const replay = { decisions: 9, same: 7, gone: 0, otherVersion: 0, different: 2, differences: [] };
  const { watch } = watched([{ ...WHOLE_LOG, replay }]);
  t.after(watch.stop);
  await watch.verify({});
  assert.match(watch.sentence(), / 2 of its decisions come out otherwise when they are made again\.$/);
});

test('what can not be read is said to whoever asks, and the next one is answered', async (t) => {
  const { watch } = watched([]);
  t.after(watch.stop);
  await assert.rejects(watch.verify({}), /The disk is gone/);
  await assert.rejects(watch.verify({}), /The disk is gone/);
});

test('it is verified soon after the start, without anybody asking', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const { watch, asked } = watched([WHOLE_LOG, WHOLE_LOG]);
  t.mock.timers.tick(19_000);
  assert.equal(asked.length, 0);
  t.mock.timers.tick(2_000);
  await watch.stop();
  assert.equal(asked.length, 1);
});
