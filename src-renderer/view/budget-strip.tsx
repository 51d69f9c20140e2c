// What the program costs: each bar ends at its budget and carries its number. The whole strip leads to where it is explained.
import type { Budget } from '../../src-preload/contract.ts';
import { limit as limitText, measure, UNKNOWN } from '../format.ts';
import { hrefOf } from '../route.ts';
import { useDashboard } from '../state.ts';
import { Meter } from './meter.tsx';

const ITEMS = [
  { key: 'memoryMiB', title: 'Memory', unit: 'MiB' },
  { key: 'cpuPercent', title: 'CPU', unit: '% of a core' },
  { key: 'storageMiB', title: 'Storage', unit: 'MiB' },
] as const satisfies readonly { key: keyof Budget; title: string; unit: string }[];

interface ItemProps {
  readonly item: (typeof ITEMS)[number];
  readonly budget: Budget | null;
}

function Item({ item: { key, title, unit }, budget }: ItemProps) {
  const { used, limit } = budget?.[key] ?? { used: 0, limit: 0 };
  const over = used > limit;
  const text =
    budget === null ? 'not measured yet' : `${measure(used)} of ${limitText(limit)} ${unit}${over ? ': over' : ''}`;
  return (
    <li>
      <span className="budget-title">{title}</span>
      {budget === null ? (
        <div className="meter roomy">
          <div className="meter-text">
            {UNKNOWN} {text}
          </div>
        </div>
      ) : (
        <Meter label={title} have={used} need={limit} text={text} tone={over ? 'alarm' : 'accent'}>
          {text}
        </Meter>
      )}
    </li>
  );
}

export function BudgetStrip() {
  const budget = useDashboard((known) => known.snapshot?.budget ?? null);
  return (
    <section className="panel budget" aria-labelledby="budget-title">
      <h2 id="budget-title">
        <a className="budget-link" href={hrefOf({ page: 'resources' })}>
          What it costs you
        </a>
      </h2>
      <ul className="plain">
        {ITEMS.map((item) => (
          <Item key={item.key} item={item} budget={budget} />
        ))}
      </ul>
    </section>
  );
}
