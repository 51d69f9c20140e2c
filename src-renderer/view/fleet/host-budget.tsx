// What SecLyzer costs on a host: each bar ends at its budget; and what the governor has given up for it.
import type { HostPresence } from '../../../src-preload/fleet.ts';
import { limit as limitText, measure } from '../../format.ts';
import { LADDER_TITLES } from '../../resource-words.ts';
import { visibleText } from '../../visible-text.ts';
import { Meter } from '../meter.tsx';

const ITEMS = [
  { key: 'memoryMiB', title: 'Memory', unit: 'MiB' },
  { key: 'cpuPercent', title: 'CPU', unit: '% of a core' },
  { key: 'storageMiB', title: 'Storage', unit: 'MiB' },
] as const;

export const HostBudget = ({ presence: { budget, governor } }: { readonly presence: HostPresence }) => (
  <section className="panel" aria-labelledby="budget-title">
    <h2 id="budget-title">What it costs</h2>
    {budget === null ? (
      <p className="quiet">Not measured yet.</p>
    ) : (
      <ul className="plain fleet-meters">
        {ITEMS.map(({ key, title, unit }) => {
          const { used, limit } = budget[key];
          const over = used > limit;
          const text = `${measure(used)} of ${limitText(limit)} ${unit}${over ? ': over' : ''}`;
          return (
            <li key={key}>
              <span className="budget-title">{title}</span>
              <Meter label={title} have={used} need={limit} text={text} tone={over ? 'alarm' : 'accent'}>
                {text}
              </Meter>
            </li>
          );
        })}
      </ul>
    )}
    {governor.map(({ ladder, step, of, name }) => (
      <p key={ladder} className="quiet">
        {LADDER_TITLES[ladder]}: {visibleText(name)}, step {step} of {of}.
      </p>
    ))}
  </section>
);
