// The whole benchmark of the built program in, its table in the README out, between the two lines that mark its place. Also printed.
// Run: npm run bench
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { BenchReport } from './bench.ts';
import { benchMarkdown, withTable } from './bench-markdown.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const README = path.join(ROOT, 'README.md');

/** @returns the exit code of the benchmark. */
async function writeTable(): Promise<number> {
  // Before minutes are spent on it.
  withTable(readFileSync(README, 'utf8'), '');
  const cli = path.join(ROOT, 'out', 'main', 'cli.js');
  const child = spawn(process.execPath, [cli, 'bench', '--long', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
  const json = await text(child.stdout);
  const code = await ended;
  if (json === '') return code;
  const table = benchMarkdown(JSON.parse(json) as BenchReport);
  const readme = withTable(readFileSync(README, 'utf8'), table);
  const written = await format(readme, { ...(await resolveConfig(README)), filepath: README });
  writeFileSync(README, written);
  process.stdout.write(`${table}\n\nThis stands in README.md now.\n`);
  return code;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await writeTable();
