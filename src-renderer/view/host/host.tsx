// The page “Host”: what this machine does, what is unusual about it, where it is going, and how it is watched.
import { useState } from 'react';
import type { HostAnomaly, HostView } from '../../../src-preload/contract.ts';
import { SERIES_KEPT } from '../../../src-preload/contract.ts';
import { watchSentence } from '../../host-words.ts';
import { Choices } from '../choices.tsx';
import { useIsLive } from '../use-now.ts';
import { useRoute } from '../use-route.ts';
import { AnomalyList } from './anomaly-list.tsx';
import { AnomalyPanel } from './anomaly-panel.tsx';
import { ChartGrid } from './chart-grid.tsx';
import { Collectors, TurnedOff } from './collectors.tsx';
import { ProcessTable } from './process-table.tsx';
import { Syscalls } from './syscalls.tsx';
import { Trends } from './trends.tsx';
import { useHost } from './use-host.ts';

const NO_ANOMALIES: readonly HostAnomaly[] = [];
const MINUTE_MS = 60_000;
const SECOND_MS = 1000;
/** Minutes. */
const RANGES = [
  { value: 5, button: '5 min' },
  { value: 15, button: '15 min' },
  { value: 60, button: '1 h' },
  { value: 240, button: '4 h' },
] as const;

/** As far back as readings are kept at this interval. */
const rangesFor = (intervalSeconds: number) =>
  RANGES.filter(({ value }) => value * MINUTE_MS <= SERIES_KEPT * intervalSeconds * SECOND_MS);

function Heading({ view, trouble }: { readonly view: HostView; readonly trouble: string | null }) {
  return <p className={trouble === null ? 'quiet' : 'trouble'}>{trouble ?? watchSentence(view)}</p>;
}

export function Host() {
  const [minutes, setMinutes] = useState<number>(RANGES[0].value);
  const route = useRoute();
  const chosen = route.page === 'host' ? route.anomaly : null;
  const live = useIsLive();
  const { view, charts, series, syscalls, anomalies, trouble } = useHost(minutes * MINUTE_MS);
  if (view === null)
    return (
      <main className="host">
        <p className={trouble === null ? 'panel quiet' : 'panel trouble'}>
          {trouble ?? 'What this machine does is shown here as soon as the agent answers.'}
        </p>
      </main>
    );
  return (
    <main className={live ? 'host' : 'host not-live'}>
      <div className="host-main">
        {view.enabled ? (
          <section className="panel host-live" aria-label="What this machine does">
            <div className="host-head">
              <Heading view={view} trouble={trouble} />
              <Choices
                label="How far back"
                className="host-ranges"
                choices={rangesFor(view.intervalSeconds)}
                chosen={minutes}
                choose={setMinutes}
              />
            </div>
            <ChartGrid
              charts={charts}
              series={series}
              rangeMs={minutes * MINUTE_MS}
              intervalMs={view.intervalSeconds * SECOND_MS}
              newestMs={view.atMs}
              anomalies={anomalies ?? NO_ANOMALIES}
              chosen={chosen}
            />
          </section>
        ) : (
          <TurnedOff />
        )}
        {view.processes !== null && <ProcessTable processes={view.processes} />}
        {view.enabled && <Syscalls answer={view.syscalls} kept={syscalls} />}
      </div>
      <div className="host-side">
        <AnomalyPanel chosen={chosen} />
        <AnomalyList anomalies={anomalies} chosen={chosen} />
        {view.enabled && <Trends view={view} />}
        {view.enabled && <Collectors view={view} />}
      </div>
    </main>
  );
}
