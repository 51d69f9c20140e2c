import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InvalidArgumentError } from 'commander';
import { testFolder } from '../agent/store/test-folder.ts';
import { installSteps, uninstallSteps } from './service/install.ts';
import { serviceState } from './service/state.ts';
import { UNIT_NAME, unitText, word } from './service/unit.ts';
import { startedUnits, unitsOf } from './service/units.ts';
import { metricsPort } from './run-roles.ts';
import { describe } from './service.ts';

const UNIT = { node: '/opt/node', cli: '/home/ada/Sec Lyzer/cli.js', args: ['--no-address'] };
const units = unitsOf('all');
const { description } = units;

test('words of a command line that systemd takes as they are', () => {
  // systemd.service(5): quotes group, a backslash escapes, %% is a per cent sign, $$ a dollar.
  assert.equal(word('/home/a b/50%/$x/"q"\\'), '"/home/a b/50%%/$$x/\\"q\\"\\\\"');
  assert.ok(
    unitText({ ...UNIT, description }).includes(
      'ExecStart="/opt/node" "/home/ada/Sec Lyzer/cli.js" "run" "--no-address"\n',
    ),
  );
});

test('installed and uninstalled, each step told before it is taken', (t) => {
  const unitFile = join(testFolder(t), 'systemd', 'user', 'seclyzer.service');
  const asked: string[] = [];
  const systemctl = (...args: string[]): string => {
    asked.push(args.join(' '));
    return '';
  };
  const steps = installSteps({ ...UNIT, units, unitFile, systemctl });
  assert.deepEqual([existsSync(unitFile), asked], [false, []]);
  assert.deepEqual(uninstallSteps({ units, unitFile, systemctl }), []);
  for (const { take } of steps) take();
  assert.equal(readFileSync(unitFile, 'utf8'), unitText({ ...UNIT, description }));
  assert.deepEqual(asked, ['daemon-reload', 'enable seclyzer.service', 'restart seclyzer.service']);
  asked.length = 0;
  for (const { take } of uninstallSteps({ units, unitFile, systemctl })) take();
  assert.deepEqual(asked, ['disable seclyzer.service', 'stop seclyzer.service', 'daemon-reload']);
  assert.equal(existsSync(unitFile), false);
});

test('scorers are instances of a template, as many as are wanted and no others', (t) => {
  const scorers = unitsOf('scorer', 2);
  const unitFile = join(testFolder(t), scorers.file);
  const asked: string[] = [];
  const systemctl = (...args: string[]): string => {
    asked.push(args.join(' '));
    return 'seclyzer-scorer@1.service loaded active running SecLyzer\n  seclyzer-scorer@2.service loaded failed failed x\n';
  };
  const args = ['--role', 'scorer'];
  for (const { take } of installSteps({ ...UNIT, args, units: scorers, unitFile, systemctl })) take();
  assert.match(readFileSync(unitFile, 'utf8'), /"run" "--role" "scorer"\n/);
  const both = 'seclyzer-scorer@1.service seclyzer-scorer@2.service';
  const all = 'seclyzer-scorer@*.service';
  const left = ['disable seclyzer-scorer@.service', `stop ${all}`, `reset-failed ${all}`];
  assert.deepEqual(asked, ['daemon-reload', ...left, `enable ${both}`, `restart ${both}`]);
  assert.deepEqual(startedUnits('scorer', systemctl).join(' '), both);
  assert.deepEqual(startedUnits('collector', systemctl), ['seclyzer.service']);
  asked.length = 0;
  for (const { take } of uninstallSteps({ units: scorers, unitFile, systemctl })) take();
  assert.deepEqual(asked, [...left, 'daemon-reload']);
});

test('a viewer has a unit of its own, beside that of an agent; figures have a port, and each scorer the next', (t) => {
  const viewer = unitsOf('viewer');
  assert.deepEqual([viewer.file, viewer.all], ['seclyzer-viewer.service', 'seclyzer-viewer.service']);
  const asked: string[] = [];
  const systemctl = (...args: string[]): string => {
    asked.push(args.join(' '));
    return '';
  };
  const unitFile = join(testFolder(t), viewer.file);
  const task = { ...UNIT, args: ['--role', 'viewer', '--metrics-port'], last: '47720', units: viewer };
  for (const { take } of installSteps({ ...task, unitFile, systemctl })) take();
  assert.match(readFileSync(unitFile, 'utf8'), /"run" "--role" "viewer" "--metrics-port" 47720\n/);
  assert.deepEqual(asked, ['daemon-reload', 'enable seclyzer-viewer.service', 'restart seclyzer-viewer.service']);
  assert.deepEqual(startedUnits('viewer', systemctl), ['seclyzer-viewer.service']);
  // systemd puts the number of the instance in place of %i, and counts nothing.
  assert.match(unitText({ ...UNIT, last: '47709+%i', description }), /"--no-address" 47709\+%i\n/);
  assert.deepEqual(['47709+1', '47709+2', '47720'].map(metricsPort), [47_710, 47_711, 47_720]);
  for (const text of ['', 'x', '1+x', '1+2+3', '65535+1', '-1'])
    assert.throws(() => metricsPort(text), InvalidArgumentError, text);
});

test('what systemd says, read', () => {
  const running = serviceState(() =>
    [
      ...['MainPID=4242', 'NRestarts=1', 'ExecMainCode=0', 'ExecMainStatus=0', 'LoadState=loaded'],
      ...['ActiveState=active', 'UnitFileState=enabled', 'ActiveEnterTimestamp=@1701423846', ''],
    ].join('\n'),
  );
  assert.deepEqual(running, {
    ...{ installed: true, enabled: true, active: 'active', pid: 4242, sinceMs: 1_701_423_846_000 },
    ...{ restarts: 1, exitCode: null },
  });
  const gone = serviceState(() => 'MainPID=0\nNRestarts=0\nLoadState=not-found\nActiveState=inactive\n');
  assert.deepEqual([gone.installed, gone.enabled, gone.pid, gone.sinceMs], [false, false, null, null]);
  assert.deepEqual(describe(gone, 'all', UNIT_NAME), ['It is not installed. To install it: seclyzer service install']);
});

/** A real systemd of an ordinary user's, in folders and a control group of its own. Only root can set one up, and not beside another. */
function managerLack(): string | false {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0)
    return 'only root can put up a systemd of another user';
  if (!existsSync('/lib/systemd/systemd')) return 'systemd is not installed: apt-get install systemd';
  if (!existsSync(CLI)) return 'the program is not built; npm run build';
  const { status, stderr } = spawnSync('unshare', ['--mount', 'bash', '-euc', NEEDED], { env: ENV, encoding: 'utf8' });
  return status === 0 ? false : `another user can't run a systemd here: ${stderr.trim()}`;
}
const ROOT = new URL('../../', import.meta.url).pathname;
const CLI = join(ROOT, 'out', 'main', 'cli.js');
const NOBODY = 65_534;
const ENV = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', OWN: String(NOBODY), NODE: process.execPath, CLI };

/** A place for mounts and control groups of its own, and a program that the other user can read. */
const NEEDED = `
mount -t tmpfs -o mode=755 tmpfs /run
group=$(ls -d /sys/fs/cgroup/unified 2>/dev/null || echo /sys/fs/cgroup)/seclyzer-test-$$
mkdir $group
rmdir $group
setpriv --reuid=$OWN --regid=$OWN --clear-groups "$NODE" "$CLI" --version > /dev/null
`;
const SCRIPT = `
set -eu
mount -t tmpfs -o mode=755 tmpfs /run
group=$(ls -d /sys/fs/cgroup/unified 2>/dev/null || echo /sys/fs/cgroup)/seclyzer-test-$$
mkdir $group
trap "find $group -depth -type d -exec rmdir {} +" EXIT
mkdir -p /run/systemd/system /run/user/$OWN
chown -R $OWN:$OWN /run/user/$OWN $group $HOME
chmod 700 /run/user/$OWN
export XDG_RUNTIME_DIR=/run/user/$OWN
(echo $BASHPID > $group/cgroup.procs
exec setpriv --reuid=$OWN --regid=$OWN --clear-groups bash -eu -c '
  /lib/systemd/systemd --user > "$HOME/systemd.log" 2>&1 & manager=$!
  trap "kill $manager; wait $manager || true" EXIT
  for i in $(seq 100); do systemctl --user show --property=Version > "$HOME/asked" 2>&1 && break; sleep 0.1; done
  cli() { echo "\\$ $*"; "$NODE" "$CLI" "$@" 2>&1 && code=0 || code=$?; echo "= $code"; }
  cli service status
  cli service install --yes --port "$PORT"
  for i in $(seq 150); do "$NODE" "$CLI" status --json > "$HOME/state.json" 2>&1 && break; sleep 0.1; done
  cli service status --json
  cli status --json
  kill -9 $(systemctl --user show --property=MainPID --value seclyzer)
  for i in $(seq 150); do systemctl --user show --property=NRestarts seclyzer | grep -q =1 && systemctl --user is-active --quiet seclyzer && break; sleep 0.1; done
  cli service status --json
  cli service uninstall --yes
  cli service status
  cli status --json
  cli service install --yes --role scorer --scorers 2
  cli service status --role scorer --json
  cli service install --yes --role scorer
  cli service status --role scorer --json
  cli service uninstall --yes --role scorer
  cli service status --role scorer
  cli service install --yes --role viewer --data "$HOME/viewer" --port "$((PORT + 1))" --metrics-port "$((PORT + 2))"
  for i in $(seq 150); do "$NODE" "$CLI" status --role viewer --data "$HOME/viewer" > "$HOME/asked" 2>&1 && break; sleep 0.1; done
  cli status --role viewer --data "$HOME/viewer" --json
  cli service status --role viewer --json
  cli service uninstall --yes --role viewer
  cli service status --role viewer
')
`;

test(
  'a real systemd runs it, starts it again after it was killed, and lets it go',
  { skip: managerLack(), timeout: 90_000 },
  (t) => {
    const home = testFolder(t);
    const port = 20_000 + (process.pid % 20_000);
    const env = {
      ...{ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: home, OWN: String(NOBODY), PORT: String(port) },
      ...{ NODE: process.execPath, CLI },
    };
    mkdirSync(join(home, '.config'));
    mkdirSync(join(home, 'viewer'));
    writeFileSync(join(home, 'viewer', 'settings.json'), '{ "redis": { "url": "redis://127.0.0.1:9" } }');
    writeFileSync(join(home, 'script'), SCRIPT);
    const { stdout, stderr } = spawnSync('unshare', ['--mount', 'bash', join(home, 'script')], {
      env,
      encoding: 'utf8',
    });
    const said = [...stdout.matchAll(/^\$ (.+)\n([\s\S]*?)^= (\d)$/gm)].map(([, asked, text = '', code]) => ({
      ...{ asked, text, code: Number(code) },
    }));
    assert.equal(said.length, 19, stdout + stderr);
    const [before, installed, running, told, again, uninstalled, gone, after, ...scorers] = said;
    assert.deepEqual([before?.code, installed?.code], [1, 0], stdout + stderr);
    assert.match(installed?.text ?? '', /The service is installed/);
    const first = JSON.parse(running?.text ?? '') as {
      pid: number;
      active: string;
      enabled: boolean;
      restarts: number;
    };
    assert.deepEqual([running?.code, first.active, first.enabled, first.restarts], [0, 'active', true, 0], stdout);
    assert.equal((JSON.parse(told?.text ?? '') as { pid: number }).pid, first.pid);
    const second = JSON.parse(again?.text ?? '') as typeof first;
    assert.deepEqual([second.active, second.restarts], ['active', 1], stdout);
    assert.notEqual(second.pid, first.pid);
    assert.deepEqual([uninstalled?.code, gone?.code, after?.code], [0, 1, 1], stdout);
    assert.equal(existsSync(join(home, '.config', 'systemd', 'user', 'seclyzer.service')), false);

    // Without a Redis they end and are started again: what is looked at is which of them there are.
    const [two, statusOfTwo, one, statusOfOne, none, statusOfNone, ...viewer] = scorers;
    assert.deepEqual([two?.code, one?.code, none?.code], [0, 0, 0], stdout + stderr);
    const unitsIn = (text = ''): readonly string[] =>
      (JSON.parse(text) as readonly { unit: string; enabled: boolean }[]).map(
        ({ unit, enabled }) => `${unit} ${enabled}`,
      );
    assert.deepEqual(unitsIn(statusOfTwo?.text), ['seclyzer-scorer@1.service true', 'seclyzer-scorer@2.service true']);
    assert.deepEqual(unitsIn(statusOfOne?.text), ['seclyzer-scorer@1.service true'], stdout);
    assert.deepEqual([statusOfNone?.code, statusOfNone?.text.split('.')[0]], [1, 'It is not installed'], stdout);

    const [itsInstall, page, unit, itsEnd, itsAfter] = viewer;
    assert.deepEqual([itsInstall?.code, itsEnd?.code, itsAfter?.code], [0, 0, 1], stdout + stderr);
    assert.match(itsInstall?.text ?? '', /The way to its page: seclyzer status --role viewer/);
    const fleet = JSON.parse(page?.text ?? '') as {
      readonly url: string;
      readonly pid: number;
      readonly hosts: number;
    };
    assert.deepEqual([new URL(fleet.url).port, fleet.hosts], [String(port + 1), 0]);
    const state = JSON.parse(unit?.text ?? '') as typeof first & { readonly unit: string };
    assert.deepEqual(
      [state.unit, state.active, state.enabled, state.pid],
      ['seclyzer-viewer.service', 'active', true, fleet.pid],
    );
    assert.equal(itsAfter?.text, 'It is not installed. To install it: seclyzer service install --role viewer\n');
    assert.equal(existsSync(join(home, '.config', 'systemd', 'user', 'seclyzer-viewer.service')), false);
  },
);
