// The entry of the fleet page, which a viewer serves: connects the store to the viewer and draws the page. A bundle of its own: the dashboard
// of one machine carries nothing of it.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { feedFleet } from './fleet/fleet-client.ts';
import './style.css';
import './view/frame.css';
import './view/control.css';
import './view/panel.css';
import './view/gauge.css';
import './view/chart.css';
import './view/budget.css';
import './view/list.css';
import './view/verbatim.css';
import './view/host/host-charts.css';
import './view/fleet/fleet.css';
import './view/fleet/fleet-row.css';
import './view/fleet/fleet-host.css';
import { FleetApp } from './view/fleet/fleet-app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('fleet.html has no element with the id “root”.');

feedFleet({
  openEvents: (path) => new EventSource(path),
  later: (run, ms) => void setTimeout(run, ms),
  complain: (reason) => console.warn(reason),
});
createRoot(root).render(
  <StrictMode>
    <FleetApp />
  </StrictMode>,
);
