// The command line as a process of its own, as a user runs it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { cliWithHome } from './cli.fixture.ts';

const { dir, cli } = cliWithHome();

describe('arguments', () => {
  test('every command has help and knows --json', async () => {
    for (const command of [
      'run',
      'replay',
      'record',
      'enrol',
      'train',
      'confirm',
      'status',
      'monitor',
      'syscalls',
      'doctor',
    ]) {
      const { code, out, err } = await cli(command, '--help');
      assert.equal(code, 0, err);
      assert.match(out, new RegExp(`^Usage: seclyzer ${command} `));
      assert.ok(out.includes('--json'), command);
    }
    const { out } = await cli('--version');
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.equal(out, `${manifest.version}\n`);
  });

  test('misuse is exit code 2, with nothing on stdout', async () => {
    const misuses = [
      [],
      ['nothing'],
      ['status', '--nothing'],
      ['replay'],
      ['run', '--port', '70000'],
      ['run', '--port', '80x'],
      ['run', '--speed', '2'],
      ['run', '--synthetic', 'nobody'],
      ['run', '--replay', 'a.jsonl', '--synthetic', 'ada'],
      ['run', '--enrol-keystrokes', '0'],
      ['profiles', 'add'],
      ['profiles', 'paint', 'Dock'],
      ['models', 'use', '0', '--modality', 'mouse'],
      ['models', 'use', '1'],
      ['models', 'use', '1', '--modality', 'gaze'],
      ['confirm', 'yesterday or so'],
      ['monitor', '--interval', '0.5'],
      ['monitor', '--seconds', '0'],
      ['record', 'file.txt'],
      ['record', join(dir, 'a.jsonl'), '--keys', 'some'],
      ['record', join(dir, 'a.jsonl'), '--keys', 'full'],
    ];
    for (const args of misuses) {
      const { code, out, err } = await cli(...args);
      assert.equal(code, 2, `${args.join(' ')}: ${err}`);
      assert.equal(out, '');
      assert.notEqual(err, '');
    }
    assert.ok(!existsSync(join(dir, 'a.jsonl')));
  });
});

describe('without an agent', () => {
  test('status, train and enrol fail and say how to start one', async () => {
    for (const command of ['status', 'train', 'enrol']) {
      const { code, out, err } = await cli(command);
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.equal(err, `SecLyzer is not running on ${join(dir, 'share', 'seclyzer')}. Start it: seclyzer run\n`);
    }
    const { code, out } = await cli('status', '--json');
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), { running: false });
  });

  test('doctor tells what is missing here and what to do', async () => {
    const { code, out } = await cli('doctor', '--json');
    assert.equal(code, 0);
    const { capabilities } = JSON.parse(out) as {
      capabilities: { name: string; state: string; detail: string; fix: string }[];
    };
    const byName = new Map(capabilities.map((capability) => [capability.name, capability]));
    for (const name of ['Node', 'SQLite', 'Models', 'Data folder'])
      assert.equal(byName.get(name)?.state, 'works', name);
    for (const name of ['Display', 'Keyboard', 'Mouse', 'Application focus']) {
      assert.equal(byName.get(name)?.detail, 'no X display', name);
      assert.equal(byName.get(name)?.fix, 'Start SecLyzer inside your desktop session.');
    }
    for (const name of ['Tray', 'Notifications', 'Keyring'])
      assert.match(byName.get(name)?.detail ?? '', /^no session bus; /, name);
    assert.match(byName.get('Screen lock')?.detail ?? '', /^nothing here can lock the screen.*there is no session bus/);
    assert.ok(byName.has('Logs') && byName.has('Electron'));
    for (const name of ['API', 'Redis', 'Audit log']) assert.equal(byName.get(name)?.state, 'works', name);
    const text = (await cli('doctor')).out;
    assert.match(text, /^✓ {2}Node {2,}24\./m);
    assert.match(text, /^✗ {2}Display {2,}no X display$/m);
    assert.match(
      text,
      /^\d+ of 20 are missing\. Without keyboard and mouse nobody can be learned or recognised; the rest works\.$/m,
    );
    assert.ok(!text.includes('\u001b'));
  });

  test('run ends at once where a recording is not there', async () => {
    const { code, out, err } = await cli('run', '--replay', join(dir, 'absent.jsonl'), '--port', '0');
    assert.deepEqual([code, out], [1, '']);
    assert.equal(err, `Cannot read the recording ${join(dir, 'absent.jsonl')}: there is no such file\n`);
  });

  test('record without a source says why and makes no file', async () => {
    const file = join(dir, 'nothing.jsonl');
    const { code, err } = await cli('record', file);
    assert.equal(code, 1);
    assert.match(err, /^keyboard: no X display\. Start SecLyzer inside your desktop session\.$/m);
    assert.ok(!existsSync(file));
  });
});

describe('help', () => {
  test('the list of commands by what they are for, and nothing wider than 80 columns', async () => {
    const { code, out } = await cli('--help');
    assert.equal(code, 0);
    const groups = out.split('\n').filter((line) => /^[A-Z].*:$/.test(line));
    assert.deepEqual(groups, [
      'Options:',
      'To begin:',
      'What it knows of you:',
      'This machine:',
      'Other programs and machines:',
      'Recordings and measurements:',
    ]);
    for (const command of [[], ['redis'], ['data', 'delete'], ['compare'], ['record']]) {
      const wide = (await cli(...command, '--help')).out.split('\n').filter((line) => line.length > 80);
      assert.deepEqual(wide, []);
    }
  });
});

describe('replay', () => {
  const key = (ms: number, event: string) =>
    JSON.stringify({ type: 'keystroke', ts: 1_700_000_000_000_000 + ms * 1000, key: 'e', event });
  const lines = Array.from({ length: 300 }, (_, i) => [key(i * 200, 'press'), key(i * 200 + 90, 'release')]).flat();

  test('counts events and refusals, and gives the same twice', async () => {
    const file = join(dir, 'some.jsonl.gz');
    const future = key(-5_000_000, 'press');
    await writeFile(file, gzipSync([...lines, 'not json', '{"type":"keystroke"}', future, ''].join('\n')));
    const [one, two] = [await cli('replay', file, '--json'), await cli('replay', file, '--json')];
    assert.equal(one.code, 0, one.err);
    const { summary, ticks } = JSON.parse(one.out) as {
      summary: { events: number; refused: Record<string, number>; ticks: number; trust: unknown };
      ticks: { atMs: number; state: string }[];
    };
    assert.equal(summary.events, 600);
    assert.equal(
      Object.values(summary.refused).reduce((sum, count) => sum + count, 0),
      3,
    );
    // 60 s of typing on a grid of 1 s.
    assert.ok(ticks.length >= 59 && ticks.length <= 62, String(ticks.length));
    assert.ok(ticks.every(({ state }) => state === 'LEARNING'));
    assert.equal(summary.trust, null);
    assert.deepEqual((JSON.parse(two.out) as { ticks: unknown }).ticks, ticks);
    const table = await cli('replay', file);
    assert.match(table.out, /^time \(UTC\) +trust +state +typing +mouse +applications\n2023-11-14 22:13:/);
    assert.match(table.out, /^Events +600 taken, 3 refused$/m);
  });

  test('a file that is not there is an error with its name', async () => {
    const { code, out, err } = await cli('replay', join(dir, 'none.jsonl'));
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /none\.jsonl/);
  });
});
