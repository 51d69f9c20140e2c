// The evaluation as a command, on small protocols that are made here from invented people. Nobody's recording is needed, and no
// figure is expected but what must hold of anybody: the invented people differ plainly, so they are told apart.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'node:test';
import { ada, grace, inventEvents, type TypistProfile } from '../agent/collect/synthetic.ts';
import { createRandom } from '../agent/learn/random.ts';
import { cliWithHome, ended } from './cli.fixture.ts';

const START_US = 1_704_704_400_000_000;
const { dir, cli, start } = cliWithHome();

/** Ada and Grace, and each of them slower. */
const PEOPLE: Readonly<Record<string, TypistProfile>> = {
  ada,
  grace,
  slowAda: slower(ada, 2),
  slowGrace: slower(grace, 2),
  middlingAda: slower(ada, 1.5),
  middlingGrace: slower(grace, 1.5),
};

function slower(person: TypistProfile, factor: number): TypistProfile {
  const { typing, mouse } = person;
  const times = ({ mean, sd }: { mean: number; sd: number }) => ({ mean: factor * mean, sd });
  return {
    ...person,
    typing: { ...typing, dwellMs: times(typing.dwellMs), intervalMs: times(typing.intervalMs) },
    mouse: { ...mouse, fittsBMs: factor * mouse.fittsBMs, clickMs: times(mouse.clickMs) },
  };
}

async function record(person: string, file: string, seed: number, minutes: number): Promise<string> {
  const lines: string[] = [];
  const profile = PEOPLE[person] ?? ada;
  for (const event of inventEvents(profile, createRandom(seed), START_US + seed * 3600e6)) {
    if (event.ts > START_US + seed * 3600e6 + minutes * 60e6) break;
    lines.push(JSON.stringify(event));
  }
  const name = `${person}-${file}.jsonl`;
  await writeFile(path.join(dir, name), `${lines.join('\n')}\n`);
  return name;
}

/** @returns the file of a protocol of the first so many people. The mouse is used little, so it takes more of their time. */
async function protocolOf(modality: 'keystroke' | 'mouse', people: number, window: object): Promise<string> {
  await mkdir(dir, { recursive: true });
  const [enrol, genuine]: [Record<string, string[]>, Record<string, string[]>] = [{}, {}];
  for (const [i, person] of Object.keys(PEOPLE).slice(0, people).entries()) {
    enrol[person] = [await record(person, 'enrol', 2 * i + 1, modality === 'mouse' ? 40 : 6)];
    genuine[person] = [await record(person, 'later', 2 * i + 2, modality === 'mouse' ? 10 : 3)];
  }
  const file = path.join(dir, `${modality}.json`);
  await writeFile(file, JSON.stringify({ name: 'invented', modality, enrol, genuine, impostor: 'others', window }));
  return file;
}

interface Printed {
  readonly results: readonly Record<string, number & { readonly unit: string; readonly size: number }>[];
  readonly chain: Record<string, number | null> | null;
  readonly chainPlainAverage: Record<string, number | null> | null;
  readonly detectors: readonly { readonly name: string; readonly results: readonly Record<string, number>[] }[];
  readonly prior: { readonly kind: string };
}

const RESULT_KEYS =
  'window subjects genuineTrials impostorTrials eerMean eerSd eerPooled aucPooled aucMean farAtThreshold frrAtThreshold';
const CHAIN_KEYS = 'ania anga detectSecondsMedian detectActionsMedian falseAlarmsPer8h';
const temporary = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('seclyzer-evaluate-'));

test('four invented typists: figures as JSON with the agreed keys, a plot, and the same figures again', async () => {
  const protocol = await protocolOf('keystroke', 4, { unit: 'keystrokes', sizes: [40], max_gap_s: 5 });
  const [plot, reliability] = [path.join(dir, 'det.svg'), path.join(dir, 'reliability.svg')];
  const options = ['--detector', 'keystroke-forest', '--takeovers', '1', '--plot', plot, '--reliability', reliability];
  const run = () => cli('evaluate', protocol, '--json', ...options);
  const { code, out, err } = await run();
  assert.equal(code, 0, err);
  const printed = JSON.parse(out) as Printed;
  assert.deepEqual(Object.keys(printed).slice(0, 5), ['name', 'modality', 'mode', 'results', 'chain']);
  const [result = {}] = printed.results;
  for (const key of RESULT_KEYS.split(' ')) assert.ok(key in result, key);
  for (const chain of [printed.chain, printed.chainPlainAverage])
    for (const key of CHAIN_KEYS.split(' ')) assert.ok(key in (chain ?? {}), key);
  assert.deepEqual(result['window'], { unit: 'keystrokes', size: 40 });
  assert.equal(result['subjects'], 4);
  // Each window of each person is scored against the three others.
  assert.equal(result['impostorTrials'], 3 * (result['genuineTrials'] ?? 0));
  assert.ok((result['eerMean'] ?? 1) < 0.2 && (result['aucPooled'] ?? 0) > 0.9, JSON.stringify(result));
  assert.ok((result['calibrationError'] ?? 1) < 0.5);
  // Both rules saw the same people do the same.
  for (const key of ['takeovers', 'genuineActions', 'genuineHours'])
    assert.equal(printed.chain?.[key], printed.chainPlainAverage?.[key], key);
  assert.equal(printed.chain?.['takeovers'], 4);
  assert.equal(printed.prior.kind, 'shipped');
  for (const file of [plot, reliability]) assert.match(await readFile(file, 'utf8'), /^<svg /);
  const again = JSON.parse((await run()).out) as Printed;
  assert.deepEqual(again.results, printed.results);
  assert.deepEqual(again.chain, printed.chain);
});

test('six invented hands, with a background: two detectors and their fusion, as a table', async () => {
  const window = { unit: 'active_seconds', sizes: [15], idle_cap_s: 1, min_events: 50 };
  const protocol = await protocolOf('mouse', 6, window);
  const { code, out, err } = await cli(
    'evaluate',
    protocol,
    '--background',
    '--detector',
    'mouse-forest+svm',
    '--takeovers',
    '0',
  );
  assert.equal(code, 0, err);
  assert.match(out, /^invented: mouse, background mode, seed 1/);
  for (const name of ['mouse-forest', 'mouse-svm', 'mouse-forest\\+svm'])
    assert.match(out, new RegExp(`^${name} +15 s`, 'm'));
});

test('what is written, in the recordings of typing: windows of words, and no chain', async () => {
  const protocol = await protocolOf('keystroke', 4, { unit: 'keystrokes', sizes: [40] });
  const { code, out, err } = await cli('evaluate', protocol, '--writing', '--detector', 'linguistic-bayes');
  assert.equal(code, 0, err);
  assert.match(out, /^invented: linguistic, deployed mode, seed 1/);
  assert.match(out, /^linguistic-bayes +20 words/m);
  assert.doesNotMatch(out, /The whole product/);
});

test('what can not be evaluated is said, with exit code 2 for misuse and 1 for failure', async () => {
  const nothing = await cli('evaluate', path.join(dir, 'nothing.json'));
  assert.deepEqual([nothing.code, nothing.out], [1, '']);
  assert.match(nothing.err, /^Cannot read the protocol .*nothing\.json: there is no such file$/m);
  const protocol = await protocolOf('keystroke', 4, { unit: 'keystrokes', sizes: [40] });
  const little = await protocolOf('mouse', 2, { unit: 'active_seconds', sizes: [1e6] });
  const nobody = await cli('evaluate', little, '--json', '--takeovers', '0');
  assert.equal(nobody.code, 1);
  assert.match(nobody.err, /Nobody could be scored/);
  const unknown = await cli('evaluate', protocol, '--detector', 'crystal-ball');
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /no keystroke detector 'crystal-ball'; choose from .*keystroke-forest/);
  assert.equal((await cli('evaluate', protocol, '--plot', 'det.png')).code, 2);
  const mouse = await cli('evaluate', little, '--writing');
  assert.deepEqual([mouse.code, mouse.out], [1, '']);
  assert.match(mouse.err, /^Nothing is written in the recordings of invented/m);
  assert.equal((await cli('evaluate')).code, 2);
});

test('Ctrl-C ends it at once with nothing left behind', async () => {
  const protocol = await protocolOf('keystroke', 4, { unit: 'keystrokes', sizes: [40] });
  const before = temporary();
  const child = start('evaluate', protocol, '--json', '--detector', 'keystroke-forest');
  const end = ended(child);
  while (temporary().length === before.length && child.exitCode === null) await wait(20);
  await wait(300);
  child.kill('SIGINT');
  const { code, out, err } = await end;
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /Stopped before the end/);
  assert.deepEqual(temporary(), before);
});
