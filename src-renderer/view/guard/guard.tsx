// The page “Log guard”: how the guard is doing, attacks by risk, and one of them in full. The chosen one is in the address, so that a
// notification can name it.
import { fetchIncidents, useDashboard } from '../../state.ts';
import { useFresh } from '../use-fresh.ts';
import { useRoute } from '../use-route.ts';
import { GuardPanel } from './guard-panel.tsx';
import { IncidentList } from './incident-list.tsx';
import { IncidentPanel } from './incident-panel.tsx';

export function LogGuard() {
  const route = useRoute();
  const chosen = route.page === 'guard' ? route.incident : null;
  const trouble = useFresh(fetchIncidents);
  const some = useDashboard(({ incidents }) => incidents.length > 0);
  return (
    <main className={some || chosen !== null ? 'guard' : 'guard calm'}>
      <GuardPanel />
      {trouble !== null && (
        <p className="panel trouble" role="alert">
          The incidents could not be read: {trouble}
        </p>
      )}
      {(some || chosen !== null) && <IncidentPanel chosen={chosen} />}
      <IncidentList chosen={chosen} unread={trouble !== null} />
    </main>
  );
}
