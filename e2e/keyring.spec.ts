// The key of what is kept, in a real keyring: GNOME's, on a bus of its own, with the dialog that it asks for its password in. First start
// and second, what the command line says with the application and without it, a key file that moves into it, and a keyring that is locked.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type ElectronApplication } from 'playwright/test';
import { canariesIn, filesIn, type Trace } from '../src-main/agent/privacy/canary-search.fixture.ts';
import { isAsked, missingForKeyring, startKeyring, type KeyringDaemon } from './keyring-daemon.ts';
import { processTree } from './process-tree.ts';
import { mainPid, tooltipOf } from './running-app.ts';
import { missingForStage, openStage, type Home, type Stage } from './stage.ts';

const missing = missingForStage() ?? missingForKeyring();
test.skip(missing !== null, missing ?? '');

const CLI = path.resolve(import.meta.dirname, '../out/main/cli.js');
const PASSWORD = 'quartz';
const WHOLE = /^The audit log is whole: .*\n(\d+) entr/;
const SOON = { intervals: [150], timeout: 30_000 };
const TRAY_ALONE = /lies in the desktop's keyring, which only the tray application opens\. Start/;

/** As a user tells Chromium to keep its hands off the keyring. */
const WITHOUT_KEYRING = '--password-store=basic';
let stage: Stage;
let keyring: KeyringDaemon;
test.beforeAll(async () => {
  stage = await openStage({ startsServices: true });
  keyring = await startKeyring(stage.desktop.bus, stage.desktop.env['XDG_DATA_HOME'] ?? '', PASSWORD);
});
test.afterEach(() => stage.clear());
test.afterAll(async () => {
  // The bus before the keyring: else it might start another one, which would stay.
  await stage?.stop();
  await keyring?.stop();
});

/** An icon that goes while it is asked answers nothing, like one that is not there. */
const tooltip = (): Promise<string | undefined> => tooltipOf(stage)().catch(() => undefined);
const typist = ({ data }: Home): string[] => ['--data', data, '--synthetic', 'ada'];
const keyFiles = ({ data }: Home): string[] => readdirSync(data).filter((name) => name.startsWith('data.key'));

/** An older Electron takes the keyring to be where the desktop is one whose name it knows. */
function homeOn(name: string): Home {
  const home = stage.home(name);
  return { ...home, env: { ...home.env, XDG_CURRENT_DESKTOP: 'XFCE' } };
}

async function launch(home: Home, ...more: string[]): Promise<ElectronApplication> {
  const app = await stage.launch(home, [...typist(home), ...more]);
  await expect.poll(tooltip, SOON).toBe('SecLyzer · learning');
  return app;
}

/** As its user runs it, in the same session. */
const seclyzer = (home: Home, ...args: string[]): Promise<{ readonly code: unknown; readonly said: string }> =>
  new Promise((resolve) => {
    const words = [CLI, ...args, '--data', home.data];
    execFile(process.execPath, words, { cwd: home.folder, env: home.env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, said: `${stdout}${stderr}` }),
    );
  });

async function wholeLog(home: Home): Promise<number> {
  const { code, said } = await seclyzer(home, 'data', 'verify');
  expect(said).toMatch(WHOLE);
  expect(code).toBe(0);
  return Number(WHOLE.exec(said)?.[1]);
}

/** As safeStorage alone gives it out of the keyring. */
async function unwrapped(app: ElectronApplication, { data }: Home): Promise<string> {
  const wrapped = readFileSync(path.join(data, 'data.key.wrapped')).toString('base64');
  return app.evaluate(async ({ safeStorage }, text) => {
    const bytes = Buffer.from(text, 'base64');
    // In an older Electron there is only the other half.
    const { decryptStringAsync } = safeStorage as Partial<typeof safeStorage>;
    return decryptStringAsync === undefined
      ? safeStorage.decryptString(bytes)
      : (await decryptStringAsync(bytes)).result;
  }, wrapped);
}

/** Where a key is to be seen, in the ways that a program writes one. */
function tracesOf(hex: string, written: readonly { readonly where: string; readonly bytes: Buffer }[]): Trace[] {
  const raw = Buffer.from(hex, 'hex');
  return [
    ...canariesIn([hex, raw.toString('base64').slice(0, -2).toLowerCase()], written),
    ...written
      .filter(({ bytes }) => bytes.includes(raw))
      .map(({ where }) => ({ where, word: 'the key', form: 'bytes' })),
  ];
}

/** Command lines and environments, which other programs of the same user can read. */
const toldBy = (app: ElectronApplication) =>
  processTree(mainPid(app)).flatMap((pid) =>
    ['cmdline', 'environ'].map((name) => ({
      where: `${name} of ${pid}`,
      bytes: existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/${name}`) : Buffer.alloc(0),
    })),
  );

test('the first start puts the key into the keyring, the second has it from there; commands say what they can do', async () => {
  const home = homeOn('first');
  const app = await launch(home);
  expect(await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe('gnome_libsecret');
  expect(keyFiles(home)).toEqual(['data.key.wrapped']);
  expect(statSync(path.join(home.data, 'data.key.wrapped')).mode & 0o777).toBe(0o600);
  const key = await unwrapped(app, home);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(tracesOf(key, [{ where: 'here', bytes: Buffer.from(`x${key}`) }])).toHaveLength(1);
  const [entries, doctor, exported] = await Promise.all([
    wholeLog(home),
    seclyzer(home, 'doctor'),
    seclyzer(home, 'data', 'export', '--out', 'all.json'),
  ]);
  expect(doctor.said).toMatch(/Keyring +secret service on the session bus; the key to the data lies in it/);
  expect(exported.code).toBe(0);
  expect(tracesOf(key, [...filesIn(home.folder), ...toldBy(app)])).toEqual([]);
  await app.close();

  const [status, verify, hashes, taken, deleted] = await Promise.all([
    seclyzer(home, 'status'),
    seclyzer(home, 'data', 'verify'),
    seclyzer(home, 'data', 'verify', '--no-key'),
    seclyzer(home, 'data', 'export', '--out', 'more.json'),
    seclyzer(home, 'data', 'delete', '--all', '--yes'),
  ]);
  expect([status, verify, hashes, taken, deleted].map(({ code }) => code)).toEqual([1, 1, 0, 1, 1]);
  expect(status.said).toMatch(/ is not running on .*\. Start the tray application: the key to its data lies in/);
  for (const { said } of [verify, taken, deleted]) expect(said).toMatch(TRAY_ALONE);
  expect(tracesOf(key, filesIn(home.folder))).toEqual([]);

  const again = await launch(home);
  expect(await unwrapped(again, home)).toBe(key);
  // The stop and this start at least.
  expect(await wholeLog(home)).toBeGreaterThanOrEqual(entries + 2);
  expect((await seclyzer(home, 'data', 'delete', '--what', 'machine', '--yes')).said).toMatch(/^Deleted /m);
});

test('a key file of the time without a keyring moves into it, and no byte of the key stays on the disk', async () => {
  const home = homeOn('moved');
  const before = await launch(home, WITHOUT_KEYRING);
  expect(keyFiles(home)).toEqual(['data.key']);
  const key = readFileSync(path.join(home.data, 'data.key'), 'utf8').trim();
  expect(tracesOf(key, filesIn(home.folder))).toHaveLength(1);
  const entries = await wholeLog(home);
  await before.close();
  expect((await seclyzer(home, 'doctor')).said).toMatch(/on the session bus; the key to the data still lies beside it/);

  const app = await launch(home);
  expect(keyFiles(home)).toEqual(['data.key.wrapped']);
  expect(await unwrapped(app, home)).toBe(key);
  expect(await wholeLog(home)).toBeGreaterThan(entries);
  expect(tracesOf(key, [...filesIn(home.folder), ...toldBy(app)])).toEqual([]);
});

test('a locked keyring is said plainly and loses nothing; unlocked, “Start again” goes on from there', async () => {
  const home = homeOn('locked');
  const first = await launch(home);
  const entries = await wholeLog(home);
  await first.close();
  const digests = () =>
    ['data.key.wrapped', 'seclyzer.db'].map((name) =>
      createHash('sha256')
        .update(readFileSync(path.join(home.data, name)))
        .digest('hex'),
    );
  const was = digests();
  await keyring.lock();

  const { screen, panel } = stage.desktop;
  const asked = () => isAsked(screen);
  stage.start(home, typist(home));
  await expect.poll(asked, SOON).toBe(true);
  // An older Electron asks more than once; and a dialog that is still coming up misses what is typed.
  const answering = async (...keys: string[]): Promise<string | undefined> => {
    if (await asked()) await screen.press(...keys);
    return await tooltip();
  };
  await expect
    .poll(() => answering('Escape'), SOON)
    .toMatch(/^SecLyzer · stopped\. Your desktop's keyring does not give the key of your data: it is locked, gone or/);
  expect(await tooltip()).toContain('Unlock it, in the desktop that SecLyzer was first started in, and start');
  expect(digests()).toEqual(was);
  expect(keyFiles(home)).toEqual(['data.key.wrapped']);
  const [doctor, verify] = await Promise.all([seclyzer(home, 'doctor'), seclyzer(home, 'data', 'verify')]);
  expect(doctor.said).toMatch(/Keyring +secret service on the session bus, locked; it asks for its password/);
  expect(verify.said).toMatch(TRAY_ALONE);
  await screen.picture(test.info().outputPath('locked.png'));

  await (await panel.trayItem())?.choose('Start again');
  await expect.poll(asked, SOON).toBe(true);
  await expect.poll(() => answering('ctrl+a', ...PASSWORD, 'Return'), SOON).toBe('SecLyzer · learning');
  expect(await keyring.isLocked()).toBe(false);
  expect(await wholeLog(home)).toBeGreaterThan(entries);
  // It is another process than the one that was started here.
  await (await panel.trayItem())?.choose('Quit');
  await expect.poll(() => panel.trayItem().catch(() => 'going'), SOON).toBeNull();
});
