// The drill as a user runs it: a real agent that has learned one invented typist, and another one at the keyboard.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Drill } from '../../src-preload/contract.ts';
import { inventEvents, typistByName } from '../agent/collect/synthetic.ts';
import { createRandom } from '../agent/learn/random.ts';
import { replayFiles } from '../agent/replay-run.ts';
import { cliWithHome, ended, firstLine, NOT_BUILT, type Ended } from './cli.fixture.ts';

const { dir, start, cli } = cliWithHome();
const MODELS = resolve(import.meta.dirname, '../../models');
const MINUTES = 40;
/** Somebody who types at once may be noticed before a slow machine has started the drill. */
const ATTEMPTS = 3;

const learned = join(dir, 'learned');

/** Ends a minute ago, so that trust is remembered as it was. */
async function learnAda(): Promise<void> {
  const startUs = (Date.now() - 60_000 * (MINUTES + 1)) * 1000;
  const lines: string[] = [];
  for (const event of inventEvents(typistByName('ada'), createRandom(1), startUs)) {
    if (event.ts > startUs + MINUTES * 60e6) break;
    lines.push(JSON.stringify(event));
  }
  const recording = join(dir, 'ada.jsonl');
  await writeFile(recording, lines.join('\n'));
  await mkdir(learned);
  await replayFiles([recording], { dataDir: learned, modelsDir: MODELS, enrol: {} }, () => undefined);
}

/** Runs with an agent on a copy of what was learned; the agent is gone afterwards. */
async function withAgent<T>(typist: string, name: string, use: (data: string) => Promise<T>): Promise<T> {
  const data = join(dir, name);
  await cp(learned, data, { recursive: true });
  const agent = start('run', '--data', data, '--port', '0', '--synthetic', typist);
  const gone = ended(agent);
  try {
    await firstLine(agent, 'stdout');
    return await use(data);
  } finally {
    agent.kill('SIGINT');
    await gone;
  }
}

/** Resolves when it has said something of the kind. */
function said(child: ChildProcess, what: RegExp): Promise<void> {
  let text = '';
  return new Promise((done, fail) => {
    child.stderr?.on('data', (part: Buffer) => {
      text += String(part);
      if (what.test(text)) done();
    });
    child.once('close', () => fail(new Error(`never said ${String(what)}: ${text}`)));
  });
}

test('without an agent there is no drill; what makes no sense is a misuse', async () => {
  const none = await cli('drill', '--data', join(dir, 'nobody'));
  assert.deepEqual([none.code, none.out], [1, '']);
  assert.match(none.err, /is not running/);
  assert.equal((await cli('drill', '--minutes', '0')).code, 2);
});

describe('with an agent that knows ada', { skip: NOT_BUILT, concurrency: true }, () => {
  before(learnAda);

  test('grace is noticed within a minute; then there is no second drill before the screen was unlocked', async () => {
    let first: Ended | undefined;
    let second: Ended | undefined;
    for (
      let attempt = 1;
      attempt <= ATTEMPTS &&
      (first === undefined || /No drill|an alarm as it is|The state is/.test(first.out + first.err));
      attempt += 1
    ) {
      await withAgent('grace', `grace-${attempt}`, async (data) => {
        first = await cli('drill', '--minutes', '1', '--json', '--data', data);
        second = await cli('drill', '--data', data);
      });
    }
    assert.equal(first?.code, 0, first?.err);
    const report = JSON.parse(first?.out ?? '') as Drill & { readonly noticed: boolean };
    assert.equal(report.noticed, true);
    const [alarm] = report.alarms;
    assert.ok(alarm !== undefined && alarm.seconds <= 60);
    // A score needs 20 keystrokes, some of which may have come before the drill; in a minute nobody types 500.
    assert.ok(alarm.keystrokes >= 1 && alarm.keystrokes < 500, `${alarm.keystrokes} keystrokes`);
    assert.ok(report.keystrokes >= alarm.keystrokes);
    assert.ok(report.lowestTrust !== null && report.lowestTrust < 70);
    assert.match(alarm.reason, /^Trust fell/);
    assert.match(report.sentence, /^Noticed after \d+ s and \d+ keystrokes?: .*typing.* did not fit\. Trust stays low/);
    assert.match(first?.err ?? '', /Synthetic typist: not a real person\./);
    assert.match(first?.err ?? '', /The drill begins in 5 s/);
    assert.deepEqual([second?.code, second?.out], [1, '']);
    assert.match(second?.err ?? '', /Lock the screen and unlock it/);
  });

  test('Ctrl-C ends it early with what was seen: the owner was not noticed', async () => {
    await withAgent('ada', 'ada', async (data) => {
      const drill = start('drill', '--data', data);
      const done = ended(drill);
      await said(drill, /\d:\d\d left/);
      drill.kill('SIGINT');
      const { code, out, err } = await done;
      assert.equal(code, 1, err);
      assert.match(out, /^Ended early\. Not noticed in \d+ s and \d+ keystrokes?\./);
      const again = await cli('status', '--data', data);
      assert.equal(again.code, 0, 'the agent goes on');
    });
  });

  test('an agent that ends during the drill ends it, and what was seen is said', async () => {
    const drill = await withAgent('ada', 'ada-gone', async (data) => {
      const started = start('drill', '--data', data);
      const done = ended(started);
      await said(started, /\d:\d\d left/);
      return { done };
    });
    const { code, out, err } = await drill.done;
    assert.equal(code, 1, err);
    assert.match(out, /(The agent|SecLyzer) has stopped, which ended the drill\. (Until then: )?Not noticed/);
  });
});
