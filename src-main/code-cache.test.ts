import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { codeCacheFolder, openCodeCache } from './code-cache.ts';

const root = mkdtempSync(path.join(tmpdir(), 'seclyzer-code-cache-'));
after(() => rmSync(root, { recursive: true }));
const fresh = (name: string): { readonly base: string; readonly program: string } => {
  const folder = path.join(root, name);
  mkdirSync(folder);
  const program = path.join(folder, 'cli.js');
  writeFileSync(program, "import('./parts/program-1.js');");
  return { base: path.join(folder, 'cache', 'seclyzer', 'code'), program };
};

test('the folder follows the XDG specification, and the customs of the other systems', () => {
  assert.equal(codeCacheFolder({}, '/home/ada', 'linux'), '/home/ada/.cache/seclyzer/code');
  assert.equal(codeCacheFolder({ XDG_CACHE_HOME: '/tmp/c' }, '/home/ada', 'linux'), '/tmp/c/seclyzer/code');
  assert.equal(codeCacheFolder({ XDG_CACHE_HOME: 'c' }, '/home/ada', 'linux'), '/home/ada/.cache/seclyzer/code');
  assert.equal(codeCacheFolder({}, '/Users/ada', 'darwin'), '/Users/ada/Library/Caches/SecLyzer/code');
  assert.equal(
    codeCacheFolder({}, String.raw`C:\Users\ada`, 'win32'),
    String.raw`C:\Users\ada\AppData\Local\SecLyzer\code`,
  );
});

test('each build has a folder of its own, which goes when no start has used it for a month', () => {
  const { base, program } = fresh('builds');
  const days = (count: number): number => Date.UTC(2026, 10, 1) + count * 86_400_000;
  const build = (text: string, day: number): string => {
    writeFileSync(program, text);
    return path.basename(openCodeCache(base, program, days(day)) ?? '');
  };
  const first = build("import('./parts/program-1.js');", 0);
  assert.equal(statSync(path.join(base, first)).mode & 0o777, 0o700);
  const second = build("import('./parts/program-2.js');", 1);
  assert.notEqual(second, first);
  assert.equal(build("import('./parts/program-1.js');", 20), first);
  const third = build("import('./parts/program-3.js');", 40);
  assert.deepEqual(readdirSync(base).toSorted(), [first, third].toSorted());
});

test('where others may write nothing is kept, for it would be run', { skip: process.getuid === undefined }, () => {
  const shared = fresh('shared');
  mkdirSync(path.dirname(shared.base), { recursive: true });
  chmodSync(path.dirname(shared.base), 0o777);
  assert.equal(openCodeCache(shared.base, shared.program), null);
  const opened = fresh('opened');
  chmodSync(openCodeCache(opened.base, opened.program) ?? '', 0o770);
  assert.equal(openCodeCache(opened.base, opened.program), null);
});

test('what is compiled is kept, and a folder that can not be made is no error', () => {
  const { base, program } = fresh('kept');
  const home = path.resolve(base, '../../..');
  const library = path.join(import.meta.dirname, 'code-cache.ts');
  writeFileSync(path.join(home, 'other.mjs'), 'export const other = 1;');
  writeFileSync(
    path.join(home, 'run.mjs'),
    `import { useCodeCache } from ${JSON.stringify(library)};
     const use = (folder) => useCodeCache({ XDG_CACHE_HOME: folder }, '/', ${JSON.stringify(program)});
     console.log(use('/dev/null'), use(${JSON.stringify(path.join(home, 'cache'))}));
     await import('./other.mjs');`,
  );
  // Whoever runs the tests may have one already, which stays.
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(home, 'run.mjs')], { encoding: 'utf8', env });
  assert.equal(stdout, 'false true\n', stderr);
  const [build] = readdirSync(base);
  assert.notEqual(readdirSync(path.join(base, build ?? ''), { recursive: true }).length, 0);
});
