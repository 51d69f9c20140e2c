// Puts SecLyzer into the user's own systemd, and takes it out again. In: the machine. Out: the steps in words, each of which can be taken.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Step } from '../../step.ts';
import { UNIT_NAME, unitText, type UnitTask } from './unit.ts';

/** `systemctl --user` with these arguments. @throws Error with what it said */
export type Systemctl = (...args: string[]) => string;

export interface ServiceTask extends UnitTask {
  readonly unitFile: string;
  readonly systemctl: Systemctl;
}

export const installSteps = ({ unitFile, systemctl, ...unit }: ServiceTask): readonly Step[] => [
  {
    words: `write ${unitFile}: the agent with its dashboard on loopback, without a window, with as few rights as it needs`,
    take: () => {
      mkdirSync(dirname(unitFile), { recursive: true });
      writeFileSync(unitFile, unitText(unit), { mode: 0o644 });
    },
  },
  {
    words: `start it, now and with each login: systemctl --user enable and restart ${UNIT_NAME}`,
    take: () => {
      systemctl('daemon-reload');
      systemctl('enable', UNIT_NAME);
      // One of an earlier version may run.
      systemctl('restart', UNIT_NAME);
    },
  },
];

export const uninstallSteps = ({
  unitFile,
  systemctl,
}: Pick<ServiceTask, 'unitFile' | 'systemctl'>): readonly Step[] =>
  existsSync(unitFile)
    ? [
        {
          words: `stop ${UNIT_NAME}, now and with each login; what it has learned and kept stays`,
          take: () => void systemctl('disable', '--now', UNIT_NAME),
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
