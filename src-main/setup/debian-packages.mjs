// Debian packages that the end-to-end tests need besides npm's. In: the machine. Out: them installed where this may be done,
// else the command that does it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/**
 * A screen with a window manager, real input, a browser, a desktop with its buses; scikit-learn and vmstat, iostat, ss to compare with;
 * bpftrace and perf, which count system calls, and strace to compare with.
 */
const FOR_TESTS = [
  ...[
    'xvfb',
    'openbox',
    'xdotool',
    'x11-apps',
    'x11-utils',
    'x11-xserver-utils',
    'xauth',
    'chromium',
    'fonts-dejavu-core',
  ],
  ...['dbus', 'dbus-x11', 'libglib2.0-bin', 'xfce4-panel', 'xfconf', 'python3-sklearn', 'python3-numpy'],
  ...['procps', 'sysstat', 'iproute2', 'bpftrace', 'linux-perf', 'strace', 'openssl', 'redis-tools'],
  // Clients for the daemons that write logs, and what they ask for.
  ...['openssh-client', 'sshpass', 'sudo', 'systemd'],
  ...[
    'sway',
    'foot',
    'grim',
    'dunst',
    'libnotify-bin',
    'imagemagick',
    'python3-dbusmock',
    'desktop-file-utils',
    'adwaita-icon-theme',
  ],
];
/**
 * Debian starts these when they are installed, and again at each start of the machine: a server for logins among them. A keyring comes up
 * with the desktop: other programs would begin to keep their secrets in it, and ask for its password.
 */
const SERVICES = [
  'openssh-server',
  'rsyslog',
  'cron',
  'prometheus',
  'victoria-metrics',
  'redis-server',
  'gnome-keyring',
];
/** Where systemd runs; a container has none, and nothing is started there. */
const startsServices = existsSync('/run/systemd/system');
/** What the input hook links to. */
const FOR_INPUT = ['libx11-6', 'libxtst6', 'libxrandr2', 'libxt6', 'libsm6', 'libice6'];
/** What Electron's runtime links to. */
const FOR_ELECTRON = [
  ...[
    'libnss3',
    'libnspr4',
    'libgtk-3-0',
    'libgbm1',
    'libasound2',
    'libatk1.0-0',
    'libatk-bridge2.0-0',
    'libatspi2.0-0',
  ],
  ...['libcups2', 'libdrm2', 'libxkbcommon0', 'libxcomposite1', 'libxdamage1', 'libxfixes3'],
];
const WANTED = [...FOR_TESTS, ...FOR_INPUT, ...FOR_ELECTRON];
const COMMAND = 'apt-get install -y --no-install-recommends';

/**
 * Begins at once, and goes on beside whatever the caller does.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<void>} resolves when they are there, or when it was said that they are not
 */
export async function ensureDebianPackages(say) {
  const missing = missingPackages(startsServices ? WANTED : [...WANTED, ...SERVICES]);
  if (missing === null) return say('Not a Debian system: tests whose programs are not here are skipped.');
  const services = startsServices ? (missingPackages(SERVICES) ?? []) : [];
  if (services.length > 0)
    say(
      `Not installed, for this machine would go on running them; tests of real logs, a real Prometheus, VictoriaMetrics, Redis or keyring are skipped. To run them all:\n  sudo ${COMMAND} ${services.join(' ')}`,
    );
  if (missing.length === 0) return;
  const command = `${COMMAND} ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    return say(
      `Packages for some of the tests are missing; those tests are skipped. To run them all:\n  sudo ${command}`,
    );
  }
  say(`Installing ${missing.length} Debian packages: ${missing.join(' ')}`);
  const quietly = command.replace('apt-get', 'apt-get -qq');
  // The lists are fetched only when the installation fails without: it is quicker, and works offline from a cache.
  const apt = spawn('sh', ['-c', `${quietly} || { apt-get -qq update && ${quietly}; }`], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'ignore',
  });
  const [code] = await once(apt, 'close');
  if (code !== 0) {
    say(`They could not be installed; the tests that need them are skipped. To see why:\n  ${command}`);
  }
}

/** @returns {string[] | null} null where there is no dpkg */
function missingPackages(wanted) {
  const result = spawnSync('dpkg-query', ['--show', '--showformat=${Package} ${Status}\\n', ...wanted], {
    encoding: 'utf8',
  });
  if (result.error !== undefined) return null;
  const installed = new Set();
  for (const line of result.stdout.split('\n')) {
    // From Debian 13 on some libraries carry a suffix and provide the plain name; dpkg-query then knows the plain one as absent.
    if (line.endsWith(' ok installed')) installed.add(line.split(' ')[0].split(':')[0]);
  }
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}
