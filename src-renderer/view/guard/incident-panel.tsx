// The chosen incident in full: what it comes to, who and when, its steps, trust around it, its alerts, what could be done, its lines.
import type { Incident, IncidentDetail } from '../../../src-preload/contract.ts';
import { clockTimeSeconds, duration, fullTime, score, stretch, UNKNOWN } from '../../format.ts';
import { aboutText, stepsOf } from '../../guard-words.ts';
import { hrefOf } from '../../route.ts';
import { RISK_SIGNS } from '../../words.ts';
import { useInView } from '../history/use-in-view.ts';
import { SignWord } from '../sign.tsx';
import { Trouble } from '../trouble.tsx';
import { useAgentNowMs } from '../use-now.ts';
import { Visible } from '../visible.tsx';
import { Acknowledge } from './acknowledge.tsx';
import { AlertList } from './alert-list.tsx';
import { Around } from './around.tsx';
import { RawLines } from './raw-lines.tsx';
import { Responses } from './responses.tsx';
import { useIncident, useKnownIncident } from './use-incident.ts';

function Facts({ detail: { incident } }: { readonly detail: IncidentDetail }) {
  const { firstMs, lastMs } = incident;
  const nowMs = useAgentNowMs() ?? lastMs;
  return (
    <dl className="incident-about">
      <dt>Who</dt>
      <dd>
        <Visible text={aboutText(incident)} />
      </dd>
      <dt>When</dt>
      <dd title={`${fullTime(firstMs)} to ${fullTime(lastMs)}`}>
        {stretch(firstMs, lastMs, nowMs)}
        {lastMs - firstMs >= 1000 && `, ${duration(lastMs - firstMs)}`}
      </dd>
    </dl>
  );
}

const Steps = ({ detail: { incident, alerts } }: { readonly detail: IncidentDetail }) => (
  <ol className="plain incident-steps" aria-label="Steps of the attack">
    {stepsOf(incident, alerts).map(({ tactic, techniques, firstMs }) => (
      <li key={tactic}>
        <span className="quiet">{firstMs === null ? UNKNOWN : clockTimeSeconds(firstMs)}</span>
        <span>
          <strong>{tactic}</strong>
          {techniques.map(({ id, name }) => (
            <span key={id} className="incident-technique">
              {id} {name}
            </span>
          ))}
        </span>
      </li>
    ))}
  </ol>
);

function Full({ detail }: { readonly detail: IncidentDetail }) {
  const { incident, alerts, responses, lineCount } = detail;
  return (
    <>
      <Facts detail={detail} />
      <Steps detail={detail} />
      <Around incident={incident} />
      <AlertList alerts={alerts} of={incident.alerts} />
      <Responses responses={responses} />
      <RawLines key={incident.id} incident={incident.id} count={lineCount} />
    </>
  );
}

function Head({ incident }: { readonly incident: Incident }) {
  return (
    <>
      <div className="incident-head">
        <SignWord sign={RISK_SIGNS[incident.risk]} />
        <span className="quiet">score {score(incident.score * 100)} of 100</span>
        <Acknowledge key={incident.id} incident={incident} />
      </div>
      <p className="incident-name">
        <Visible text={incident.title} />
      </p>
    </>
  );
}

function Chosen({ id }: { readonly id: number }) {
  const told = useIncident(id);
  const known = useKnownIncident(id);
  const detail = told !== null && 'detail' in told ? told.detail : null;
  const incident = known ?? detail?.incident ?? null;
  return (
    <>
      {incident !== null && <Head incident={incident} />}
      <Trouble text={told !== null && 'trouble' in told ? told.trouble : null} />
      {told === null && <p className="quiet incident-waiting">Reading what led to it.</p>}
      {detail !== null && <Full detail={detail} />}
      <nav className="moment-steps" aria-label="Elsewhere">
        {incident !== null && <a href={hrefOf({ page: 'history', atMs: incident.firstMs })}>This time under History</a>}
        <a href={hrefOf({ page: 'guard', incident: null })}>Close</a>
      </nav>
    </>
  );
}

export function IncidentPanel({ chosen }: { readonly chosen: number | null }) {
  const panel = useInView(chosen);
  return (
    <section
      className={chosen === null ? 'panel incident-panel none' : 'panel incident-panel'}
      ref={panel}
      tabIndex={-1}
      aria-labelledby="incident-title"
    >
      <h2 id="incident-title">{chosen === null ? 'One incident, explained' : `Incident ${chosen}`}</h2>
      {chosen === null ? (
        <p className="quiet">Choose an incident to see its timeline, why it counts, and what could be done about it.</p>
      ) : (
        <Chosen id={chosen} />
      )}
    </section>
  );
}
