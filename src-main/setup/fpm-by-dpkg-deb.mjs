#!/usr/bin/env node
// Stands in for fpm where that can not be downloaded, as far as electron-builder calls it for a deb. In: fpm's command line.
// Out: the package, laid out in a temporary folder and closed by dpkg-deb.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const ABOUT = ['name', 'version', 'architecture', 'maintainer', 'vendor', 'license', 'url', 'category', 'description'];
const REST = ['package', 'after-install', 'after-remove', 'deb-priority', 'deb-compression'];
const options = {
  ...Object.fromEntries([...ABOUT, ...REST].map((name) => [name, { type: 'string' }])),
  'input-type': { type: 'string', short: 's' },
  'output-type': { type: 'string', short: 't' },
  depends: { type: 'string', short: 'd', multiple: true, default: [] },
  'deb-recommends': { type: 'string', multiple: true, default: [] },
  force: { type: 'boolean' },
};
const { values: asked, positionals } = parseArgs({ allowPositionals: true, options });
if (asked['output-type'] !== 'deb') throw new Error(`This builds deb packages, not ${String(asked['output-type'])}.`);

const root = mkdtempSync(join(tmpdir(), 'seclyzer-deb-'));
const control = join(root, 'DEBIAN');
try {
  // `from=to`; a folder's contents when `from` ends with a slash.
  for (const [from, to] of positionals.map((pair) => pair.split('='))) {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(from, join(root, to), { recursive: true, verbatimSymlinks: true });
  }
  const fields = [
    ['Package', asked.name],
    ['Version', asked.version],
    ['Architecture', asked.architecture],
    ['Maintainer', asked.maintainer],
    ['Installed-Size', spawnSync('du', ['-sk', root], { encoding: 'utf8' }).stdout.split('\t')[0]],
    ['Depends', asked.depends.join(', ')],
    ['Recommends', asked['deb-recommends'].join(', ')],
    ['Section', asked.category],
    ['Priority', asked['deb-priority']],
    ['Homepage', asked.url],
    ['Description', asked.description],
  ];
  mkdirSync(control);
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(control, 'control'), lines.join(''));
  copyFileSync(asked['after-install'], join(control, 'postinst'));
  copyFileSync(asked['after-remove'], join(control, 'postrm'));
  for (const entry of [root, join(control, 'postinst'), join(control, 'postrm')]) chmodSync(entry, 0o755);
  // electron-builder's own choice is xz; gz is asked for when time matters.
  const compression = asked['deb-compression'] === 'gz' ? ['-Zgzip', '-z1'] : [`-Z${String(asked['deb-compression'])}`];
  const args = ['--root-owner-group', ...compression, '--build', root, asked.package];
  process.exitCode = spawnSync('dpkg-deb', args, { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
