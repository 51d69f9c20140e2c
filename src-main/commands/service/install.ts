// Puts SecLyzer into the user's own systemd, and takes it out again. In: the machine. Out: the steps in words, each of which can be taken.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Step } from '../../step.ts';
import { unitText, type UnitTask } from './unit.ts';
import type { Units } from './units.ts';

/** `systemctl --user` with these arguments. @throws Error with what it said */
export type Systemctl = (...args: string[]) => string;

export interface ServiceTask extends Omit<UnitTask, 'description'> {
  readonly units: Units;
  readonly unitFile: string;
  readonly systemctl: Systemctl;
}

export const installSteps = ({ units, unitFile, systemctl, ...unit }: ServiceTask): readonly Step[] => [
  {
    words: `write ${unitFile}: ${units.what}, with as few rights as it needs`,
    take: () => {
      mkdirSync(dirname(unitFile), { recursive: true });
      writeFileSync(unitFile, unitText({ ...unit, description: units.description }), { mode: 0o644 });
    },
  },
  {
    words: `start it, now and with each login: systemctl --user enable and restart ${units.started.join(' ')}`,
    take: () => {
      systemctl('daemon-reload');
      // There may have been more of them.
      if (units.all !== units.file) leave(units, systemctl);
      systemctl('enable', ...units.started);
      // One of an earlier version may run.
      systemctl('restart', ...units.started);
    },
  },
];

/** Of a template: what is enabled by the template's name, what runs by that of its instances. One that failed would be listed for ever. */
function leave({ file, all }: Units, systemctl: Systemctl): void {
  systemctl('disable', file);
  systemctl('stop', all);
  if (all !== file) systemctl('reset-failed', all);
}

export const uninstallSteps = ({
  units,
  unitFile,
  systemctl,
}: Pick<ServiceTask, 'units' | 'unitFile' | 'systemctl'>): readonly Step[] =>
  existsSync(unitFile)
    ? [
        {
          words: `stop ${units.all}, now and with each login; what it has learned and kept stays`,
          take: () => leave(units, systemctl),
        },
        {
          words: `delete ${unitFile}`,
          take: () => {
            rmSync(unitFile);
            systemctl('daemon-reload');
          },
        },
      ]
    : [];
