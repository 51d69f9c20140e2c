// The helper as a program of its own, for systemd. In: the socket, where it is not the usual one. Out: an exit code.
import { SOCKET_FILE } from '../agent/collect/syscalls/wire.ts';
import { nextStopSignal } from '../agent/stop-signal.ts';
import { messageOf } from '../agent/thrown.ts';
import { startHelper } from './helper.ts';

const log = (words: string): void => void process.stdout.write(`${words}\n`);

try {
  let lack = '';
  const helper = await startHelper({
    socketFile: process.argv[2] ?? SOCKET_FILE,
    pid: null,
    message: (message) => {
      const now = message.kind === 'unavailable' ? `${message.reason}. ${message.fix}` : '';
      // Each lack once: the log of a machine is no place for one line a second.
      if (now !== lack && now !== '') log(now);
      lack = now;
    },
    said: log,
  });
  await nextStopSignal();
  await helper.stop();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
