// What is given up to stay within the budget: where each ladder stands and why, and all of its steps with what each costs.
import type { GovernorStanding, GovernorStep, ResourceView } from '../../../src-preload/contract.ts';
import { LADDER_TITLES, paceSentence, standingSign, stepText } from '../../resource-words.ts';
import { ShapeIcon } from '../icons.tsx';
import { SignWord } from '../sign.tsx';
import { Ago } from '../time.tsx';
import { useNowMs } from '../use-now.ts';

const Step = ({ step, nowMs }: { readonly step: GovernorStep; readonly nowMs: number }) => (
  <li className={step.inForce ? 'step in-force tone-watch' : 'step'}>
    <span className="step-number">{step.number}</span>
    <div>
      <p>
        <span className="step-name">{step.name}</span>
        {step.inForce && (
          <span className="event-state">
            <ShapeIcon shape="half" />
            in force
          </span>
        )}
        {step.sinceMs !== null && (
          <span className="quiet">
            since <Ago atMs={step.sinceMs} nowMs={nowMs} />
          </span>
        )}
      </p>
      <p className="quiet">
        {step.sheds} {step.costs}
      </p>
      {step.why !== null && <p>{step.why}</p>}
    </div>
  </li>
);

interface LadderProps {
  readonly standing: GovernorStanding;
  readonly steps: readonly GovernorStep[];
  readonly nowMs: number;
}

function LadderPart({ standing, steps, nowMs }: LadderProps) {
  const { ladder, name, sinceMs, why, next, step } = standing;
  return (
    <div className="ladder">
      <div className="ladder-head">
        <h3>{LADDER_TITLES[ladder]}</h3>
        <SignWord sign={standingSign(standing)}>
          {stepText(standing, steps)}: {name}
        </SignWord>
        <span className="quiet event-time">
          <Ago atMs={sinceMs} nowMs={nowMs} />
        </span>
      </div>
      <p>{why ?? (step === 0 ? 'Nothing had to be given up since the start.' : '')}</p>
      {next !== null && <p className="quiet">{next}</p>}
      <ol className="plain">
        {steps
          .filter((one) => one.ladder === ladder)
          .map((one) => (
            <Step key={one.number} step={one} nowMs={nowMs} />
          ))}
      </ol>
    </div>
  );
}

export function Governor({ view }: { readonly view: ResourceView }) {
  const nowMs = useNowMs();
  const { standing, steps } = view.governor;
  return (
    <section className="panel governor" aria-labelledby="governor-title">
      <h2 id="governor-title">What is given up to stay within it</h2>
      <p className="quiet">{paceSentence(view.pace)}</p>
      {standing.map((one) => (
        <LadderPart key={one.ladder} standing={one} steps={steps} nowMs={nowMs} />
      ))}
    </section>
  );
}
