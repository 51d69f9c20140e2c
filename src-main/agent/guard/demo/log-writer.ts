// Moments and what happens in, lines in the wordings of Debian's programs out: for scenarios that are made up on the spot. Addresses are
// those that are reserved for examples (RFC 5737, RFC 3849).
import type { Random } from '../../learn/random.ts';

export interface LogWriter {
  /** Moves the clock on. */
  readonly wait: (seconds: number) => void;
  readonly failed: (user: string, address: string, known?: boolean) => void;
  readonly login: (user: string, address: string, method?: 'password' | 'publickey') => void;
  readonly logout: (user: string, address: string) => void;
  readonly sudo: (user: string, command: string) => void;
  readonly sudoRefused: (user: string, attempts: number) => void;
  readonly say: (program: string, text: string) => void;
  readonly atMs: () => number;
  readonly lines: () => readonly string[];
}

const KEY = 'ED25519 SHA256:/Vp3RlmDq6yHmjPJsTdn0Q5rMbqJH6Ha1m6nQrJcUn8';

export function logWriter(startMs: number, random: Random): LogWriter {
  let atMs = startMs;
  let pid = 1000;
  const lines: string[] = [];
  const write = (tag: string, text: string): void => {
    lines.push(`${new Date(atMs).toISOString()} example ${tag}: ${text}`);
    atMs += 1 + random.int(30);
  };
  const port = (): number => 32_768 + random.int(28_000);
  return {
    wait: (seconds) => void (atMs += Math.round(seconds * 1000)),
    failed: (user, address, known = false) => {
      const sshd = `sshd[${++pid}]`;
      const from = `${address} port ${port()}`;
      if (!known) write(sshd, `Invalid user ${user} from ${from}`);
      write(sshd, `Failed password for ${known ? '' : 'invalid user '}${user} from ${from} ssh2`);
      write(sshd, `Connection closed by ${known ? 'authenticating' : 'invalid'} user ${user} ${from} [preauth]`);
    },
    login: (user, address, method = 'password') => {
      const sshd = `sshd[${++pid}]`;
      write(
        sshd,
        `Accepted ${method} for ${user} from ${address} port ${port()} ssh2${method === 'publickey' ? `: ${KEY}` : ''}`,
      );
      write(sshd, `pam_unix(sshd:session): session opened for user ${user}(uid=1000) by (uid=0)`);
    },
    logout: (user, address) => write(`sshd[${++pid}]`, `Disconnected from user ${user} ${address} port ${port()}`),
    sudo: (user, command) =>
      write('sudo', `   ${user} : TTY=pts/0 ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`),
    sudoRefused: (user, attempts) =>
      write(
        'sudo',
        `   ${user} : ${attempts} incorrect password attempts ; TTY=pts/0 ; PWD=/home/${user} ; USER=root ; COMMAND=/usr/bin/id`,
      ),
    say: (program, text) => write(program.endsWith(']') ? program : `${program}[${++pid}]`, text),
    atMs: () => atMs,
    lines: () => lines,
  };
}
