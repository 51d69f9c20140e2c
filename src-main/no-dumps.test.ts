// What is left behind by a process that crashes with a secret in its memory: nothing that holds it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { testFolder } from './agent/store/test-folder.ts';
import { keepOutOfDumps } from './no-dumps.ts';

const WORD = 'zemblatitude';
const FORMS = [Buffer.from(WORD), Buffer.from(WORD, 'utf16le')];
const SCRIPT = path.join(import.meta.dirname, 'crash.fixture.ts');
const PATTERN = '/proc/sys/kernel/core_pattern';

/** A core goes into the folder of the process only where no program takes it. */
const pattern = existsSync(PATTERN) ? readFileSync(PATTERN, 'utf8').trim() : '|';
const noCores = /^[|/]/.test(pattern) ? `cores go elsewhere here (${pattern})` : false;

function crash(folder: string, how: 'throw' | 'abort' | 'fault', guarded: boolean) {
  const reports = ['--report-uncaught-exception', '--report-on-fatalerror', `--report-directory=${folder}`].join(' ');
  const command = `ulimit -c unlimited; exec "${process.execPath}" "${SCRIPT}" ${how} ${guarded ? 'guarded' : 'open'}`;
  const { status, signal, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: reports },
  });
  assert.ok(status !== 0 || signal !== null, 'it died');
  const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(path.join(folder, name)) }));
  const written = [...files.map(({ bytes }) => bytes), stdout, stderr];
  return {
    names: files.map(({ name }) => name),
    found: written.some((bytes) => FORMS.some((form) => bytes.includes(form))),
  };
}

for (const how of ['abort', 'fault'] as const)
  test(`a core dump after a ${how} holds nothing of the memory`, { skip: noCores }, (t) => {
    const open = crash(testFolder(t), how, false);
    if (open.names.length === 0) return t.skip('this system writes no core');
    assert.ok(open.found, 'without it the word is found, so the search works');
    const guarded = crash(testFolder(t), how, true);
    assert.equal(guarded.found, false, guarded.names.join());
  });

test('an exception that nobody catches leaves no diagnostic report', (t) => {
  const open = crash(testFolder(t), 'throw', false);
  assert.ok(
    open.names.some((name) => name.startsWith('report.')),
    'without it there is one',
  );
  assert.deepEqual(
    crash(testFolder(t), 'throw', true).names.filter((name) => name.startsWith('report.')),
    [],
  );
});

test('where it can’t be done, it is said why', (t) => {
  const before = process.report?.reportOnFatalError;
  assert.match(
    keepOutOfDumps('linux', path.join(testFolder(t), 'none', 'filter')) ?? '',
    /^a core dump could contain .*ENOENT/,
  );
  assert.equal(keepOutOfDumps('darwin'), null);
  if (process.report !== undefined && before !== undefined) process.report.reportOnFatalError = before;
});
