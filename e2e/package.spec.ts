// The packaged product: what is in it, how it is hardened, how a desktop finds it, and that it starts from its own folder.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'playwright/test';
import { missingForDesktop, startDesktop, type Desktop } from './desktop.ts';
import { agentEnvironment, missingForElectron } from './electron-program.ts';
import { readArchive } from './package-archive.ts';
import { endProcess } from './session-bus.ts';
import { missingForX, startXSession, type XSession } from './x-session.ts';

const missing = missingForElectron();
test.skip(missing !== null, missing ?? '');

const exec = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const BUILD_LIMIT_MS = 90_000;
const DESKTOP_FILE = 'usr/share/applications/io.github.seclyzer.SecLyzer.desktop';
const ICON_SIZES = ['16x16', '22x22', '24x24', '32x32', '48x48', '64x64', '128x128', '256x256', '512x512'];
const hasDpkg = existsSync('/usr/bin/dpkg-deb');

const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-package-'));
const unpacked = path.join(home, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
const fromDeb = path.join(home, 'deb');

test.beforeAll(async () => {
  test.setTimeout(BUILD_LIMIT_MS);
  const kinds = hasDpkg ? ['dir', 'deb'] : ['dir'];
  await exec(process.execPath, ['src-main/setup/dist.mjs', ...kinds, '--quick', '--output', home], { cwd: ROOT });
});

test.afterAll(() => rmSync(home, { recursive: true, force: true }));

test('holds this platform and what runs, and nothing else', () => {
  const resources = path.join(unpacked, 'resources');
  expect(readdirSync(resources).toSorted()).toEqual(['app.asar', 'app.asar.unpacked', 'assets']);
  expect(readdirSync(path.join(resources, 'assets')).toSorted()).toEqual([
    '70-seclyzer-input.rules',
    'gnome-extension',
    'redis',
  ]);
  const files = readArchive(path.join(resources, 'app.asar'));
  const names = files.map(({ name }) => name);

  expect([...new Set(names.map((name) => name.split('/')[0]))].toSorted()).toEqual(
    ['LICENSE', 'assets', 'models', 'node_modules', 'out', 'package.json'].toSorted(),
  );
  expect(names).toEqual(
    expect.arrayContaining([
      ...['out/main/main.js', 'out/main/agent-host.js', 'out/preload/preload.cjs', 'out/renderer/index.html'],
      'out/main/swagger-ui/swagger-ui-bundle.js',
      ...[
        'models/prior-keystroke.json',
        'models/prior-mouse.json',
        'assets/tray-ring-0.png',
        'assets/icons/128x128.png',
      ],
    ]),
  );
  const installed = names.filter((name) => name.startsWith('node_modules/')).map((name) => name.split('/')[1]);
  expect([...new Set(installed)].toSorted()).toEqual([
    ...[
      'better-sqlite3',
      'node-gyp-build',
      'onnxruntime-common',
      'onnxruntime-node',
      'uiohook-napi',
      'wayland-client',
      'x11',
    ],
  ]);
  // Sources, maps and what a package brings for its own development.
  expect(names.filter((name) => /\.(tsx?|mts|cts|map|md|c|cc|cpp|h|gypi?)$|\.test\.|tsconfig/.test(name))).toEqual([]);

  const native = files.filter(({ name }) => /\.(node|dll|dylib|exe)$|\.so(\.\d+)*$/.test(name));
  expect(native.map(({ name }) => path.basename(name)).toSorted()).toEqual([
    ...['libonnxruntime.so.1', `linux-${process.arch}.node`, 'onnxruntime_binding.node', 'uiohook-napi.node'],
  ]);
  for (const { name, isUnpacked } of native) {
    expect(isUnpacked, name).toBe(true);
    expect(elfMachine(path.join(resources, 'app.asar.unpacked', name)), name).toBe(process.arch === 'arm64' ? 183 : 62);
  }
});

test('has every fuse as a hardened program wants it', async () => {
  const wire = await getCurrentFuseWire(path.join(unpacked, 'seclyzer'));
  const { ENABLE: on, DISABLE: off } = FuseState;
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableCookieEncryption]: off,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
  });
});

test('as a deb is found by a desktop and brings what it needs', async () => {
  test.skip(!hasDpkg, 'no dpkg-deb on this system');
  const deb = readdirSync(home).find((name) => name.endsWith('.deb')) ?? '';
  await exec('dpkg-deb', ['--extract', path.join(home, deb), fromDeb]);
  const { stdout: field } = await exec('dpkg-deb', ['--field', path.join(home, deb), 'Package', 'Depends']);
  expect(field).toMatch(/^Package: seclyzer$/m);
  const needed = field.split('Depends: ')[1]?.split(/, |\n/) ?? [];
  expect(needed).toEqual(expect.arrayContaining(['libnss3', 'libgbm1', 'libxtst6', 'libx11-6', 'libsecret-1-0']));

  const entry = readEntry(path.join(fromDeb, DESKTOP_FILE));
  expect(entry.get('Name')).toBe('SecLyzer');
  expect(entry.get('Comment')).toMatch(/\w/);
  expect(entry.get('Categories')).toBe('System;Security;');
  const [program = ''] = entry.get('Exec')?.split(' ') ?? [];
  expect(statSync(path.join(fromDeb, program)).mode & 0o111).toBe(0o111);
  for (const size of ICON_SIZES) {
    const icon = path.join(fromDeb, 'usr/share/icons/hicolor', size, `apps/${entry.get('Icon')}.png`);
    const { width, height } = pngSize(icon);
    expect(`${width}x${height}`).toBe(size);
  }
  test.skip(!existsSync('/usr/bin/desktop-file-validate'), 'sudo apt-get install desktop-file-utils');
  const { stdout: complaints } = await exec('desktop-file-validate', [path.join(fromDeb, DESKTOP_FILE)]);
  expect(complaints).toBe('');
});

test.describe('on a desktop', () => {
  const cannot = missingForX() ?? missingForDesktop();
  test.skip(cannot !== null, cannot ?? '');
  let screen: XSession;
  let desktop: Desktop;
  let child: ChildProcess | null = null;

  test.beforeAll(async () => {
    screen = await startXSession({ inputWindow: false });
    desktop = await startDesktop(screen.display, home);
  });
  test.afterAll(async () => {
    if (child !== null) await endProcess(child);
    await desktop?.stop();
    await screen?.stop();
  });

  test('starts from its folder, opens its window at a second start, and quits from the tray', async () => {
    // Chromium's sandbox refuses to work for root; that is the machine of the test, not the product.
    const forRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const typist = ['--synthetic', 'ada', '--enrol-keystrokes', '1000000'];
    const args = [...forRoot, '--data', path.join(home, 'data'), ...typist];
    const env = { ...process.env, HOME: home, ...desktop.env, ...agentEnvironment() };
    const program = path.join(unpacked, 'seclyzer');
    child = spawn(program, args, { cwd: home, env, stdio: 'ignore' });
    const ended = once(child, 'exit');

    const item = () => desktop.panel.trayItem();
    await expect.poll(async () => (await item())?.tooltip, { timeout: 30_000 }).toBe('SecLyzer · learning');
    const dashboard = async () => (await desktop.screen.windows()).find(({ title }) => title === 'SecLyzer');
    expect(await dashboard()).toBeUndefined();

    // Rejects unless it ends with code 0.
    await exec(program, args, { cwd: home, env });
    await expect.poll(dashboard).toBeDefined();
    const window = await dashboard();
    if (hasDpkg) {
      const { stdout } = await exec('xprop', ['-display', screen.display, '-id', window?.id ?? '', 'WM_CLASS']);
      const wanted = readEntry(path.join(fromDeb, DESKTOP_FILE)).get('StartupWMClass');
      expect(/, "(.+)"$/.exec(stdout.trim())?.[1]).toBe(wanted);
    }
    await (await item())?.choose('Quit');
    expect(await ended).toEqual([0, null]);
  });
});

/** The keys of the first group of a desktop entry. */
function readEntry(file: string): ReadonlyMap<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n');
  return new Map(
    lines.flatMap((line) => [...line.matchAll(/^([\w-]+)=(.*)$/g)].map(([, key = '', value = '']) => [key, value])),
  );
}

/** The number of the machine that a library is for, from its ELF header; null when it is no ELF file. */
function elfMachine(file: string): number | null {
  const bytes = readFileSync(file);
  return bytes.toString('latin1', 0, 4) === '\x7fELF' ? bytes.readUInt16LE(18) : null;
}

/** As the file itself says in its first chunk. */
function pngSize(file: string): { readonly width: number; readonly height: number } {
  const bytes = readFileSync(file);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
