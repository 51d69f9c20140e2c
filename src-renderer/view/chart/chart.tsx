// A chart with its title and, below, the same in words; in its place the reason while there is nothing to draw.
import type { ReactNode } from 'react';

interface ChartProps {
  readonly title: string;
  /** The chart in words; null while there is no scored point. */
  readonly summary: string | null;
  /** Stands in the chart's place when it is not given. */
  readonly empty: string;
  readonly children: ReactNode;
}

export const Chart = ({ title, summary, empty, children }: ChartProps) => {
  const drawn = children !== null;
  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <div className={drawn ? 'plot-frame' : 'plot-frame empty'}>
        {drawn ? <div>{children}</div> : <p className="quiet">{empty}</p>}
      </div>
      <p className="quiet chart-summary">
        {summary}
        {drawn && <span>local time</span>}
      </p>
    </figure>
  );
};
