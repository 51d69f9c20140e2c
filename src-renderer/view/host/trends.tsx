// Where the machine is going, in words: what will be full and when, what rises and falls.
import type { HostView } from '../../../src-preload/contract.ts';
import { steadyCount, trendLines } from '../../host-words.ts';
import { ShapeIcon } from '../icons.tsx';

const SHOWN = 8;

export function Trends({ view }: { readonly view: HostView }) {
  const lines = trendLines(view).slice(0, SHOWN);
  const steady = steadyCount(view);
  return (
    <section className="panel list trends" aria-labelledby="trends-title">
      <h2 id="trends-title">Where it is going</h2>
      {view.trends.length === 0 ? (
        <p className="quiet">Trends are made of the last ten minutes; the first ones come after five.</p>
      ) : (
        <ul className="plain">
          {lines.map(({ key, headline, detail, foretold }) => (
            <li key={key} className={`event tone-${foretold ? 'watch' : 'quiet'}`}>
              <span className="event-state">
                {foretold && <ShapeIcon shape="glass" />}
                {headline}
              </span>
              <span className="quiet">{detail}</span>
            </li>
          ))}
          <li className="event quiet">
            {lines.length === 0 ? 'Nothing rises or falls' : 'The rest is steady'}: {steady} metrics stay where they
            are.
          </li>
        </ul>
      )}
    </section>
  );
}
