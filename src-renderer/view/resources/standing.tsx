// Where each ladder of the governor stands: its step, the measurement that led there, and what happens next.
import type { GovernorStanding, GovernorStep, ResourceView } from '../../../src-preload/contract.ts';
import { LADDER_TITLES, standingSign, stepText, UNMOVED } from '../../resource-words.ts';
import { SignWord } from '../sign.tsx';
import { Ago } from '../time.tsx';
import { useNowMs } from '../use-now.ts';

interface LineProps {
  readonly standing: GovernorStanding;
  readonly steps: readonly GovernorStep[];
}

function Line({ standing, steps }: LineProps) {
  const nowMs = useNowMs();
  const { ladder, name, sinceMs, why, next } = standing;
  return (
    <li className="standing">
      <h3>{LADDER_TITLES[ladder]}</h3>
      <p className="standing-step">
        <SignWord sign={standingSign(standing)}>
          {stepText(standing, steps)}: {name}
        </SignWord>
        <span className="quiet">
          <Ago atMs={sinceMs} nowMs={nowMs} />
        </span>
      </p>
      <p className="standing-why">
        {why ?? UNMOVED} {next !== null && <span className="quiet">{next}</span>}
      </p>
    </li>
  );
}

export const Standing = ({ governor: { standing, steps } }: Pick<ResourceView, 'governor'>) => (
  <ul className="plain standings">
    {standing.map((one) => (
      <Line key={one.ladder} standing={one} steps={steps} />
    ))}
  </ul>
);
