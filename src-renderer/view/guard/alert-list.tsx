// The alerts of an incident in their order, each with why it was raised: what was seen, what is usual, how many points it gave.
import type { AlertReason, LogAlert } from '../../../src-preload/contract.ts';
import { clockTimeSeconds, counted, dayAndTime, fullTime, quantity, UNKNOWN } from '../../format.ts';
import { pointsOf, techniqueText } from '../../guard-words.ts';
import { RISK_SIGNS } from '../../words.ts';
import { SignWord } from '../sign.tsx';
import { Visible } from '../visible.tsx';

const Reason = ({ reason }: { readonly reason: AlertReason }) => (
  <tr>
    <th scope="row">
      <Visible text={reason.words} />
    </th>
    <td title={reason.value === null ? 'it is no number' : undefined}>
      {reason.value === null ? UNKNOWN : <Visible text={reason.value} />}
    </td>
    <td title={reason.usual === null ? 'not learned, or no number' : undefined}>
      {reason.usual === null ? UNKNOWN : <Visible text={reason.usual} />}
    </td>
    <td className="reason-points">
      <span className="reason-track">
        <span className="reason-bar" style={{ width: `${Math.min(100, pointsOf(reason))}%` }} />
      </span>
      <span className="reason-figure">+{pointsOf(reason)}</span>
    </td>
  </tr>
);

const Reasons = ({ reasons }: { readonly reasons: readonly AlertReason[] }) => (
  <table className="reasons">
    <thead>
      <tr>
        <th scope="col">Why</th>
        <th scope="col">Seen</th>
        <th scope="col">Usual</th>
        <th scope="col">Points</th>
      </tr>
    </thead>
    <tbody>
      {reasons.map((reason) => (
        <Reason key={reason.words} reason={reason} />
      ))}
    </tbody>
  </table>
);

interface OneAlertProps {
  readonly alert: LogAlert;
  readonly withDay: boolean;
  /** Its reasons are shown at once. */
  readonly open: boolean;
}

function OneAlert({ alert, withDay, open }: OneAlertProps) {
  const { risk, firstMs, atMs, explanation, techniques, count, reasons } = alert;
  const timeText = withDay ? dayAndTime : clockTimeSeconds;
  return (
    <li className="event log-alert">
      <p className="event-head">
        <SignWord sign={RISK_SIGNS[risk]} />
        <time
          className="quiet event-time"
          dateTime={new Date(firstMs).toISOString()}
          title={`${fullTime(firstMs)} to ${fullTime(atMs)}`}
        >
          {timeText(firstMs)}
          {atMs - firstMs >= 1000 && ` to ${timeText(atMs)}`}
        </time>
      </p>
      <p>
        <Visible text={explanation} />
        {count > 1 && <span className="quiet"> {counted(count, 'event')}.</span>}
      </p>
      <p className="quiet">{techniques.map(techniqueText).join('; ')}</p>
      {reasons.length > 0 && (
        <details open={open}>
          <summary>Why: {counted(reasons.length, 'reason')}</summary>
          <Reasons reasons={reasons} />
        </details>
      )}
    </li>
  );
}

interface AlertListProps {
  /** Oldest first. */
  readonly alerts: readonly LogAlert[];
  /** How many there are of it, those included that are not told any more. */
  readonly of: number;
}

const DAY_MS = 24 * 60 * 60_000;

export function AlertList({ alerts, of }: AlertListProps) {
  const [first, last] = [alerts[0], alerts.at(-1)];
  const worst = alerts.toSorted((a, b) => b.score - a.score)[0];
  const withDay = first !== undefined && last !== undefined && last.atMs - first.firstMs > DAY_MS / 2;
  return (
    <section aria-labelledby="alerts-title">
      <h3 id="alerts-title">What happened</h3>
      {alerts.length === 0 && <p className="quiet">Its alerts are not kept any more.</p>}
      {alerts.length > 0 && alerts.length < of && (
        <p className="quiet">
          The newest {quantity(alerts.length)} of {counted(of, 'alert')}.
        </p>
      )}
      <ol className="plain">
        {alerts.map((alert) => (
          <OneAlert key={alert.id} alert={alert} withDay={withDay} open={alert.id === worst?.id} />
        ))}
      </ol>
    </section>
  );
}
