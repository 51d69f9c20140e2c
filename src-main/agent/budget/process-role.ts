// The arguments of a process of the program enter; what it is for leaves, and what that is called.
import type { ProcessRole } from '../../../src-preload/contract.ts';

export const ROLE_NAMES = {
  agent: 'Agent',
  main: 'Main process',
  window: 'Window',
  graphics: 'Graphics',
  network: 'Network service',
  zygote: 'Process starter',
  helper: 'Helper process',
} as const satisfies Record<ProcessRole, string>;

/** What only a window costs, and what is drawn for it: nothing that is given up brings it back. */
export const DRAWING: ReadonlySet<ProcessRole> = new Set<ProcessRole>(['window', 'graphics']);

/** Chromium says of each of its processes what it is: https://source.chromium.org/chromium/chromium/src/+/main:content/public/common/content_switches.cc. */
const CHROMIUM: readonly (readonly [argument: string, role: ProcessRole])[] = [
  ['--type=renderer', 'window'],
  ['--type=gpu-process', 'graphics'],
  ['--type=zygote', 'zygote'],
  ['--utility-sub-type=network.mojom.NetworkService', 'network'],
];

export interface Relations {
  readonly own: number;
  /** That the agent was started by: Electron's main process. */
  readonly roots: readonly number[];
}

export function roleOf(pid: number, args: readonly string[], { own, roots }: Relations): ProcessRole {
  if (pid === own) return 'agent';
  if (roots.includes(pid)) return 'main';
  return CHROMIUM.find(([argument]) => args.includes(argument))?.[1] ?? 'helper';
}
