// Puts the helper on a machine, and takes it off again. In: the machine. Out: the steps in words, each of which can be taken: nothing
// happens before whoever asked has read them.
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { GROUP } from '../agent/collect/syscalls/wire.ts';
import type { Step } from '../step.ts';
import { readersGroup } from './helper.ts';
import { UNIT_NAME, unitText } from './unit.ts';

export interface InstallTask {
  /** The built helper, one file. */
  readonly program: string;
  /** Node, as it runs here. */
  readonly node: string;
  /** Who is to read besides root; null: nobody yet. */
  readonly user: string | null;
  /** Where everything lies; another folder for tests. */
  readonly places?: InstallPlaces;
  readonly run?: (command: string, args: readonly string[]) => void;
}

export interface InstallPlaces {
  readonly folder: string;
  readonly units: string;
  readonly groupFile: string;
  /** There while systemd runs. */
  readonly systemd: string;
}

const PLACES: InstallPlaces = {
  folder: '/usr/local/lib/seclyzer',
  units: '/etc/systemd/system',
  groupFile: '/etc/group',
  systemd: '/run/systemd/system',
};

/** Why it can't be installed on this Linux machine, in words; null: it can. */
export function installObstacle({ program, places = PLACES }: Pick<InstallTask, 'program' | 'places'>): string | null {
  if (!existsSync(places.systemd))
    return 'systemd does not run on this machine. For as long as a terminal is open: seclyzer syscalls --run';
  if (!existsSync(program)) return `${program} is missing. Build it first: npm run build`;
  return null;
}

export function installSteps(task: InstallTask): readonly Step[] {
  const { program, node, user, places = PLACES, run = runProgram } = task;
  const { folder, units, groupFile } = places;
  const [ownNode, ownProgram, unit] = [
    join(folder, 'node'),
    join(folder, 'syscall-helper.mjs'),
    join(units, UNIT_NAME),
  ];
  // What root runs must be root's alone to change, or its owner would be root too.
  const trusted = isRootsAlone(node);
  return [
    ...(readersGroup(groupFile) === null
      ? [
          {
            words: `make the group ${GROUP}, whose members may read the counts`,
            take: () => run('groupadd', ['--system', GROUP]),
          },
        ]
      : []),
    ...(user === null
      ? []
      : [{ words: `put ${user} into it (from the next login on)`, take: () => run('usermod', ['-aG', GROUP, user]) }]),
    {
      words: `copy the helper to ${ownProgram}, where root alone may change it`,
      take: () => place(program, ownProgram, 0o644),
    },
    ...(trusted
      ? []
      : [
          {
            words: `copy Node to ${ownNode}, for others than root may change ${node}`,
            take: () => place(node, ownNode, 0o755),
          },
        ]),
    {
      words: `write the unit ${unit}: as root, with the rights to count (CAP_BPF, CAP_PERFMON) and no others`,
      take: () =>
        writeFileSync(unit, unitText({ node: trusted ? node : ownNode, program: ownProgram }), { mode: 0o644 }),
    },
    {
      words: `start it, now and with the machine: systemctl enable and restart ${UNIT_NAME}`,
      take: () => {
        run('systemctl', ['daemon-reload']);
        run('systemctl', ['enable', UNIT_NAME]);
        // One of an earlier version may run.
        run('systemctl', ['restart', UNIT_NAME]);
      },
    },
  ];
}

export function uninstallSteps({
  places = PLACES,
  run = runProgram,
}: Pick<InstallTask, 'places' | 'run'>): readonly Step[] {
  const { folder, units, groupFile, systemd } = places;
  const unit = join(units, UNIT_NAME);
  return [
    ...(existsSync(unit) && existsSync(systemd)
      ? [
          {
            words: `stop ${UNIT_NAME}, now and with the machine`,
            take: () => run('systemctl', ['disable', '--now', UNIT_NAME]),
          },
        ]
      : []),
    ...(existsSync(unit) ? [{ words: `delete ${unit}`, take: () => rmSync(unit) }] : []),
    ...(existsSync(unit) && existsSync(systemd)
      ? [{ words: 'have systemd read its units anew', take: () => run('systemctl', ['daemon-reload']) }]
      : []),
    ...(existsSync(folder) ? [{ words: `delete ${folder}`, take: () => rmSync(folder, { recursive: true }) }] : []),
    ...(readersGroup(groupFile) === null
      ? []
      : [{ words: `delete the group ${GROUP}`, take: () => run('groupdel', [GROUP]) }]),
  ];
}

/** The file, and every folder that leads to it. */
export function isRootsAlone(file: string): boolean {
  const OTHERS_WRITE = 0o022;
  for (let path = realpathSync(file); ; path = dirname(path)) {
    const { uid, mode } = lstatSync(path);
    if (uid !== 0 || (mode & OTHERS_WRITE) !== 0) return false;
    if (path === dirname(path)) return true;
  }
}

function place(from: string, to: string, mode: number): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  // A running Node can not be written over, but it can be replaced.
  rmSync(to, { force: true });
  copyFileSync(realpathSync(from), to);
  chownSync(to, 0, 0);
  chmodSync(to, mode);
}

function runProgram(command: string, args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.trim() || `exit code ${status}`}`);
}
