// The page “Resources”: what the program costs against its budget, over time and part by part; what is given up for it, and why.
import { useState } from 'react';
import { rangeOf } from '../../period.ts';
import type { RangeName } from '../../period.ts';
import { useIsLive } from '../use-now.ts';
import { BudgetLines } from './budget-lines.tsx';
import { CostTables } from './cost-tables.tsx';
import { Models, Power } from './models.tsx';
import { ResourceCharts } from './resource-charts.tsx';
import { Steps } from './steps.tsx';
import { Storage } from './storage.tsx';
import { useResources } from './use-resources.ts';

const WAITING = 'What the program costs is shown here as soon as the agent answers.';

export function Resources() {
  const [range, setRange] = useState<RangeName>('hour');
  const live = useIsLive();
  const { view, series, trouble } = useResources(rangeOf(range).lengthMs);
  if (view === null)
    return (
      <main className="resources">
        <p className={trouble === null ? 'panel quiet' : 'panel trouble'}>{trouble ?? WAITING}</p>
      </main>
    );
  return (
    <main className={live ? 'resources' : 'resources not-live'}>
      {trouble !== null && (
        <p className="panel trouble" role="alert">
          What the program costs could not be read: {trouble}
        </p>
      )}
      <BudgetLines view={view} />
      <ResourceCharts view={view} series={series} range={range} choose={setRange} />
      <CostTables view={view} />
      <div className="resources-row">
        <Storage view={view} />
        <Models view={view} />
        <Power view={view} />
      </div>
      <Steps governor={view.governor} />
    </main>
  );
}
