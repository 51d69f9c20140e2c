// A role in, the names that systemd knows it by out. A collector is the agent and has its name: there is one of them. Scorers are several
// instances of one template (systemd.unit(5)), as many as a server has processors to spare. A viewer has a name of its own: it may stand
// beside an agent.
import type { Systemctl } from './install.ts';
import { UNIT_NAME } from './unit.ts';

export const SERVICE_ROLES = ['all', 'collector', 'scorer', 'viewer'] as const;
export type ServiceRole = (typeof SERVICE_ROLES)[number];

export interface Units {
  /** Of the unit's file. */
  readonly file: string;
  /** What is started, one by one. */
  readonly started: readonly string[];
  /** All there may be, as systemctl matches names. */
  readonly all: string;
  readonly description: string;
  /** In words, in the steps. */
  readonly what: string;
}

const SCORER = 'seclyzer-scorer@';
const VIEWER = 'seclyzer-viewer.service';

/** @param count of scorers; the others are one. */
export function unitsOf(role: ServiceRole, count = 1): Units {
  if (role === 'scorer')
    return {
      file: `${SCORER}.service`,
      started: Array.from({ length: count }, (_, i) => `${SCORER}${i + 1}.service`),
      all: `${SCORER}*.service`,
      description: 'SecLyzer: scores what collectors have written (%i)',
      what: 'scorers, without input and without a dashboard',
    };
  if (role === 'viewer')
    return {
      ...alone(VIEWER),
      description: 'SecLyzer: the hosts that are in a Redis',
      what: 'the fleet view on loopback, read-only',
    };
  return {
    ...alone(UNIT_NAME),
    description: 'SecLyzer: whether the person at the keyboard is still its owner',
    what: 'the agent with its dashboard on loopback, without a window',
  };
}

const alone = (name: string): Pick<Units, 'file' | 'started' | 'all'> => ({ file: name, started: [name], all: name });

/** Of a role those that systemd knows of. */
export function startedUnits(role: ServiceRole, systemctl: Systemctl): readonly string[] {
  if (role !== 'scorer') return unitsOf(role).started;
  const lines = systemctl('list-units', '--all', '--plain', '--no-legend', '--no-pager', unitsOf(role).all).split('\n');
  return lines.map((line) => line.trim().split(/\s+/)[0] ?? '').filter((name) => name.startsWith(SCORER));
}
