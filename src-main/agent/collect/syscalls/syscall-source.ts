// What the privileged helper counts enters over its socket, unprivileged; one `syscall` event a reading leaves, as of every other source.
// Where no helper runs it is looked for again every few seconds, so that one that comes, or comes back, is found without a restart.
import type { MetricData } from '../../../../src-preload/contract.ts';
import type { SyscallReading, SyscallsAnswer } from '../../monitor/syscalls-type.ts';
import type { HostReader, HostSource, Moment } from '../host/host-source.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';
import { helperAvailability, linkToHelper } from './helper-link.ts';
import { syscallMetrics } from './syscall-metrics.ts';
import { SOCKET_FILE } from './wire.ts';

export interface SyscallSource {
  readonly source: HostSource;
  /** The newest reading, or why there is none. Never throws. */
  readonly newest: () => SyscallsAnswer;
  /** Lines of helpers that were not understood. */
  readonly malformed: () => number;
}

const AGAIN_AFTER_MS = 5000;
/** A helper that says nothing for so long hangs: it speaks once a second. */
const SILENT_MS = 10_000;

const SILENT: Unavailable = {
  ok: false,
  reason: 'the helper for system calls says nothing',
  fix: 'As root: systemctl restart seclyzer-syscalls',
};

export function createSyscallSource(socketFile = SOCKET_FILE): SyscallSource {
  let answer: SyscallsAnswer | null = null;
  let malformed = 0;
  function lack(why: Unavailable): void {
    answer = { ok: false, reason: why.reason, fix: why.fix };
  }
  function open(): HostReader {
    let fresh: SyscallReading | null = null;
    let ended: Unavailable | null = null;
    let heardMs: number | null = null;
    const first = Promise.withResolvers<void>();
    const link = linkToHelper(socketFile, {
      message: (message) => {
        heardMs = null;
        if (message.kind === 'reading') {
          fresh = message.reading;
          ended = null;
          answer = { ok: true, reading: fresh };
        } else {
          ended = { ok: false, reason: message.reason, fix: message.fix };
        }
        first.resolve();
      },
      malformed: () => void (malformed += 1),
      ended: (why) => {
        ended = why;
        first.resolve();
      },
    });
    const told = (): MetricData | null => {
      if (ended !== null) {
        lack(ended);
        throw new UnavailableError(ended);
      }
      const reading = fresh;
      fresh = null;
      return reading === null ? null : syscallMetrics(reading);
    };
    let begun = false;
    const begin = async (): Promise<MetricData | null> => {
      const timer = setTimeout(() => {
        ended ??= SILENT;
        first.resolve();
      }, SILENT_MS);
      await first.promise;
      clearTimeout(timer);
      begun = true;
      return told();
    };
    return {
      read: ({ steadyMs }: Moment) => {
        if (!begun) return begin();
        heardMs ??= steadyMs;
        if (steadyMs - heardMs > SILENT_MS) ended ??= SILENT;
        return told();
      },
      close: () => {
        link.close();
        first.resolve();
      },
    };
  }
  return {
    source: {
      name: 'syscalls',
      eventType: 'syscall',
      againAfterMs: AGAIN_AFTER_MS,
      available: () => helperAvailability(socketFile),
      open,
    },
    newest: () => {
      if (answer !== null) return answer;
      const found = helperAvailability(socketFile);
      return found.ok
        ? { ok: false, reason: 'the first reading has not come yet', fix: 'It takes some seconds.' }
        : { ok: false, reason: found.reason, fix: found.fix };
    },
    malformed: () => malformed,
  };
}
