// Everything that can be given up to stay within the budget, in the order in which it is, with what the user loses by it.
import type { GovernorStep, Ladder, ResourceView } from '../../../src-preload/contract.ts';
import { LADDERS } from '../../../src-preload/contract.ts';
import { LADDER_TITLES } from '../../resource-words.ts';
import { ShapeIcon } from '../icons.tsx';
import { Ago } from '../time.tsx';
import { useNowMs } from '../use-now.ts';

const Step = ({ step, nowMs }: { readonly step: GovernorStep; readonly nowMs: number }) => (
  <li className={step.inForce ? 'step in-force tone-watch' : 'step'}>
    <span className="step-number">{step.number}</span>
    <div>
      <p className="step-head">
        <span className="step-name">{step.name}</span>
        {step.inForce && (
          <span className="event-state">
            <ShapeIcon shape="half" />
            in force
          </span>
        )}
        {step.sinceMs !== null && (
          <span className="quiet">
            <Ago atMs={step.sinceMs} nowMs={nowMs} />
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

interface LadderStepsProps {
  readonly ladder: Ladder;
  readonly steps: readonly GovernorStep[];
  readonly nowMs: number;
}

const LadderSteps = ({ ladder, steps, nowMs }: LadderStepsProps) => (
  <div className="ladder">
    <h3>{LADDER_TITLES[ladder]}</h3>
    <ol className="plain step-list">
      {steps
        .filter((step) => step.ladder === ladder)
        .map((step) => (
          <Step key={step.number} step={step} nowMs={nowMs} />
        ))}
    </ol>
  </div>
);

export function Steps({ governor }: Pick<ResourceView, 'governor'>) {
  const nowMs = useNowMs();
  return (
    <section className="panel steps" aria-labelledby="steps-title">
      <h2 id="steps-title">What is given up when the budget is exceeded</h2>
      <p className="quiet">
        One thing after the other, and only what helps; each is taken up again as soon as there is room for it.
      </p>
      {LADDERS.map((ladder) => (
        <LadderSteps key={ladder} ladder={ladder} steps={governor.steps} nowMs={nowMs} />
      ))}
    </section>
  );
}
