// The page “Settings”: privacy first, then every setting of the user, each saved as soon as it is changed.
import { fetchSettings, useDashboard } from '../../state.ts';
import { useFresh } from '../use-fresh.ts';
import { Api } from './api.tsx';
import { BudgetFields } from './budget-fields.tsx';
import { Database } from './database.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { Redis } from './redis.tsx';
import { HostMonitor } from './host-monitor.tsx';
import { Learning } from './learning.tsx';
import { Lock } from './lock.tsx';
import { Notifications } from './notifications.tsx';
import { NumberFields } from './number-fields.tsx';
import type { NumberFieldsProps } from './number-fields.tsx';
import { Privacy } from './privacy.tsx';
import { Program } from './program.tsx';
import { Quit } from './quit.tsx';
import { Retention } from './retention.tsx';
import { Watched } from './watched.tsx';

const THRESHOLDS: Omit<NumberFieldsProps<'thresholds'>, 'settings'> = {
  group: 'thresholds',
  title: 'Thresholds',
  intro: 'The trust from which each state holds; below the last one is lockdown. They must lie 5 points apart.',
  figures: [
    { field: 'normal', title: 'Normal', unit: 'of 100', effect: 'At this trust and above, all is well.' },
    { field: 'monitoring', title: 'Monitoring', unit: 'of 100', effect: 'Down to here it is watched more closely.' },
    {
      field: 'restricted',
      title: 'Restricted',
      unit: 'of 100',
      effect: 'Down to here it may be somebody else; below is lockdown.',
    },
  ],
};

export function Settings() {
  const trouble = useFresh(fetchSettings);
  const view = useDashboard((known) => known.settings);
  if (view === null)
    return (
      <main className="settings">
        <section className="panel settings-group" aria-label="Program">
          <p className="quiet">{trouble ?? 'The settings are shown here as soon as the agent answers.'}</p>
          <Quit />
        </section>
      </main>
    );
  return (
    <main className="settings">
      <Privacy view={view} />
      <div className="settings-groups">
        <div>
          <Watched settings={view.settings} />
          <Notifications view={view} />
          <Lock view={view} />
          <NumberFields {...THRESHOLDS} settings={view.settings} />
          <Program view={view} />
          <Learning />
        </div>
        <div>
          <Retention settings={view.settings} />
          <HostMonitor settings={view.settings} />
          <BudgetFields settings={view.settings} />
          <Api view={view} />
          <Database view={view} />
          <Redis view={view} />
          <Elsewhere view={view} />
        </div>
      </div>
    </main>
  );
}
