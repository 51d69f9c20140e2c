// What lies on the disk, part by part.
import type { ResourceView } from '../../../src-preload/contract.ts';
import { limit as limitText } from '../../format.ts';
import { budgetOf } from '../../resource-charts.ts';
import { costText } from '../../resource-words.ts';
import { Meter } from '../meter.tsx';

export function Storage({ view }: { readonly view: ResourceView }) {
  const limit = budgetOf(view, 'storage')?.limit ?? null;
  return (
    <section className="panel stored" aria-labelledby="stored-title">
      <h2 id="stored-title">On the disk</h2>
      <ul className="plain">
        {view.storage.parts.map(({ part, name, about, usedMiB }) => {
          const used = costText(usedMiB, 'MiB');
          return (
            <li key={part}>
              <p className="stored-head">
                {name}
                <strong>{used}</strong>
              </p>
              <p className="quiet stored-about">{about}</p>
              {limit !== null && (
                <Meter label={name} have={usedMiB} need={limit} text={`${used} of ${limitText(limit)} MiB`} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
