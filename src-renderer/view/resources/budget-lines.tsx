// The budget against what is used: each bar ends at its promise. Below it what the governor compares, and the way to change the promise.
import type { BudgetLine, ResourceView } from '../../../src-preload/contract.ts';
import { limit as limitText, measure, UNKNOWN } from '../../format.ts';
import { usedOf } from '../../resource-charts.ts';
import { budgetSentence, budgetSign, judgedText, RESOURCE_TITLES } from '../../resource-words.ts';
import { fetchSettings, useDashboard } from '../../state.ts';
import { Meter } from '../meter.tsx';
import { BudgetFields } from '../settings/budget-fields.tsx';
import { SignWord } from '../sign.tsx';
import { useAsked } from '../use-asked.ts';
import { useFresh } from '../use-fresh.ts';
import { Standing } from './standing.tsx';

interface LineProps {
  readonly line: BudgetLine;
  readonly used: number | null;
}

function Line({ line, used }: LineProps) {
  const { resource, unit, limit, judged, state, sentence } = line;
  const over = state === 'over' || (judged === null && used !== null && used > limit);
  const title = RESOURCE_TITLES[resource];
  const text = `${used === null ? UNKNOWN : measure(used)} of ${limitText(limit)} ${unit}`;
  return (
    <li className="budget-line">
      <div className="budget-line-head">
        <h3>{title}</h3>
        <SignWord sign={budgetSign(line)} />
      </div>
      <Meter label={title} have={used ?? 0} need={limit} text={text} tone={over ? 'alarm' : 'accent'}>
        {text}
      </Meter>
      <p className="quiet">
        <strong>{judgedText(line)}</strong> {sentence}
      </p>
    </li>
  );
}

function ChangeBudget() {
  const trouble = useFresh(fetchSettings);
  const settings = useDashboard((known) => known.settings?.settings ?? null);
  if (settings === null) return <p className="quiet">{trouble ?? 'Reading the settings.'}</p>;
  return <BudgetFields settings={settings} there />;
}

export function BudgetLines({ view }: { readonly view: ResourceView }) {
  const { asked, ask, close, back } = useAsked<HTMLButtonElement>();
  return (
    <>
      <section className="panel budget-lines" aria-labelledby="costs-title">
        <div className="host-head">
          <h2 id="costs-title" className="costs-title">
            {budgetSentence(view)}
          </h2>
          <button ref={back} type="button" className="button" aria-expanded={asked} onClick={asked ? close : ask}>
            {asked ? 'Close the settings' : 'Change the budget'}
          </button>
        </div>
        <ul className="plain">
          {view.budget.map((line) => (
            <Line key={line.resource} line={line} used={usedOf(view, line.resource)} />
          ))}
        </ul>
        <Standing governor={view.governor} />
      </section>
      {asked && <ChangeBudget />}
    </>
  );
}
