// What is open in a host's log, by kind and number, and what was unusual of the machine, by name.
import type { HostPresence } from '../../../src-preload/fleet.ts';
import { counted } from '../../format.ts';
import { visibleText } from '../../visible-text.ts';
import { HOST_SIGNS, RISK_SIGNS } from '../../words.ts';
import { SignWord } from '../sign.tsx';
import { Ago } from '../time.tsx';

interface AlertsProps {
  readonly presence: HostPresence;
  readonly nowMs: number;
}

const openText = (open: HostPresence['open'], listed: number): string => {
  if (open === null) return 'Nothing reads the log of this machine.';
  const all = open.LOW + open.MEDIUM + open.HIGH + open.CRITICAL;
  if (all === 0) return 'No open incidents.';
  return all > listed ? `${counted(all - listed, 'more open incident')}.` : '';
};

export function HostAlerts({ presence: { open, incidents, anomalies }, nowMs }: AlertsProps) {
  const more = openText(open, incidents.length);
  return (
    <section className="panel list" aria-labelledby="alerts-title">
      <h2 id="alerts-title">Alerts and anomalies</h2>
      <ul className="plain">
        {incidents.map(({ atMs, risk, technique, alerts }) => (
          <li key={`${atMs} ${technique}`} className="event">
            <span className="event-head">
              <SignWord sign={RISK_SIGNS[risk]} />
              <span className="quiet event-time">
                <Ago atMs={atMs} nowMs={nowMs} />
              </span>
            </span>
            <p>
              {visibleText(technique)}, {counted(alerts, 'alert')}
            </p>
          </li>
        ))}
        {more !== '' && <li className="event quiet">{more}</li>}
        {anomalies.map(({ atMs, metric, severity }) => (
          <li key={`${atMs} ${metric}`} className="event">
            <span className="event-head">
              <SignWord sign={HOST_SIGNS[severity]} />
              <span className="quiet event-time">
                <Ago atMs={atMs} nowMs={nowMs} />
              </span>
            </span>
            <p>{visibleText(metric)}</p>
          </li>
        ))}
        {anomalies.length === 0 && <li className="event quiet">Nothing unusual of the machine in the last day.</li>}
      </ul>
      <p className="quiet">Whom and what an incident is about stays on the host: open its own dashboard there.</p>
    </section>
  );
}
