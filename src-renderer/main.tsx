// The renderer's entry: connects the store to the agent and draws the page.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from './client.ts';
import { feed } from './state.ts';
import './style.css';
import './view/frame.css';
import './view/rail.css';
import './view/control.css';
import './view/panel.css';
import './view/now.css';
import './view/gauge.css';
import './view/chart.css';
import './view/enrolment.css';
import './view/card.css';
import './view/budget.css';
import './view/list.css';
import './view/verbatim.css';
import './view/welcome.css';
import './view/history/history.css';
import './view/host/host.css';
import './view/host/host-charts.css';
import './view/host/host-tables.css';
import './view/resources/resources.css';
import './view/resources/resource-charts.css';
import './view/resources/cost-tables.css';
import './view/resources/steps.css';
import './view/guard/guard.css';
import './view/guard/incident.css';
import './view/settings/settings.css';
import './view/you/you.css';
import './view/you/accuracy.css';
import './view/you/drill.css';
import './view/lock-countdown.css';
import { App } from './view/app.tsx';
import { ClientProvider } from './view/use-client.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id “root”.');

const client = createClient(window);
feed(client, Date.now);
createRoot(root).render(
  <StrictMode>
    <ClientProvider value={client}>
      <App />
    </ClientProvider>
  </StrictMode>,
);
