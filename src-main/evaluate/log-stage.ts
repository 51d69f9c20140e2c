// Root's rights and Debian's daemons in, a server on loopback out that does what it is told: real sshd, PAM, sudo, su, shadow and cron, and
// rsyslog or systemd-journald to write down what they say. In namespaces of its own, so that the machine stays as it was.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setUp, type Logger } from './log-stage-script.ts';

export interface LogStage {
  /** Runs lines of a shell (the words of log-stage-script.ts) and gives what they print. @throws Error where the stage has ended. */
  readonly run: (script: string) => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
}

const PROGRAMS = ['unshare', 'ip', 'sshd', 'ssh', 'ssh-keygen', 'sshpass', 'sudo', 'useradd', 'logger'] as const;
const LOGGER_PROGRAM = { rsyslog: 'rsyslogd', journald: '/lib/systemd/systemd-journald' } as const;
const PACKAGES = 'openssh-server openssh-client sshpass sudo rsyslog systemd iproute2';

/** What a stage lacks here; null where it can be had. */
export function missingForLogStage(logger: Logger): string | null {
  if (process.platform !== 'linux') return 'Linux only';
  if (process.getuid?.() !== 0) return 'only root can start daemons and make users';
  const missing = [...PROGRAMS, LOGGER_PROGRAM[logger]].filter((name) => !isThere(name));
  if (missing.length > 0) return `${missing.join(', ')} not installed: apt-get install ${PACKAGES}`;
  const may = spawnSync('unshare', [...NAMESPACES, 'mount', '-t', 'tmpfs', 'none', '/mnt']);
  return may.status === 0 ? null : 'no namespaces of its own are allowed here';
}

const isThere = (program: string): boolean =>
  spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`]).status === 0;

const NAMESPACES = ['--mount', '--pid', '--net', '--uts', '--ipc', '--fork', '--kill-child', '--mount-proc'];
const DONE = '--stage-done--';

/** @param logs folder that becomes its /var/log. @throws Error where it can't be set up. */
export async function openLogStage(logger: Logger, logs: string): Promise<LogStage> {
  const child = spawn('unshare', [...NAMESPACES, 'bash'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LOGS: logs },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const gone = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const run = async (script: string): Promise<readonly string[]> => {
    child.stdin.write(`${script}\necho ${DONE}\n`);
    const printed: string[] = [];
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the stage has ended: ${said.trim()}`);
      if (value === DONE) return printed;
      printed.push(value);
    }
  };
  await run(setUp(logger));
  return {
    run,
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
