// Whether the system calls of this machine are counted for us: off until somebody installs the helper.
import { helperAvailability } from '../../agent/collect/syscalls/helper-link.ts';
import { SOCKET_FILE } from '../../agent/collect/syscalls/wire.ts';
import { readOnce } from '../syscalls-read.ts';
import type { Check } from './capability.ts';

export const syscalls: Check = async () => {
  const found = helperAvailability(SOCKET_FILE);
  if (!found.ok) return { state: 'missing', detail: found.reason, fix: found.fix };
  const message = await readOnce(SOCKET_FILE);
  if (message.kind === 'unavailable') return { state: 'missing', detail: message.reason, fix: message.fix };
  const { source, costCpuPercent } = message.reading;
  const detail = `counted with ${source}, which takes ${costCpuPercent.toFixed(1)} % of a core`;
  if (source === 'bpftrace') return { state: 'works', detail, fix: null };
  return { state: 'partly', detail: `${detail}; totals alone`, fix: 'sudo apt-get install bpftrace' };
};
