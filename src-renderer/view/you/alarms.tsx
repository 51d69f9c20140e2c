// The alarms of the last 30 days, each with the way to its moment and with “That was me”.
import type { Alarm, Learning } from '../../../src-preload/contract.ts';
import { dayAndTime, fullTime } from '../../format.ts';
import { hrefOf } from '../../route.ts';
import { STATE_SIGNS } from '../../words.ts';
import { SignWord } from '../sign.tsx';
import { ThatWasMe } from '../that-was-me.tsx';
import { Refusal } from './refusal.tsx';

const WHAT_TO_DO = 'Was one of them you all the same? Say so, and what you did then is learned from.';
const REFUSAL_ID = 'alarms-refusal';

const Row = ({ alarm }: { readonly alarm: Alarm }) => (
  <li className="event">
    <a className="event-link" href={hrefOf({ page: 'history', atMs: alarm.atMs })}>
      <span className="event-head">
        <SignWord sign={STATE_SIGNS[alarm.to]} />
        <time className="quiet event-time" dateTime={new Date(alarm.atMs).toISOString()} title={fullTime(alarm.atMs)}>
          {dayAndTime(alarm.atMs)}
        </time>
      </span>
      <span>{alarm.reason}</span>
    </a>
    <ThatWasMe alarm={alarm} refusalId={REFUSAL_ID} />
  </li>
);

export const Alarms = ({ learning: { alarms } }: { readonly learning: Learning }) => (
  <section className="panel list you-alarms" aria-labelledby="alarms-title">
    <h2 id="alarms-title">Alarms of the last 30 days</h2>
    {alarms.length === 0 ? (
      <p className="quiet">None: trust has not fallen to restricted or lower.</p>
    ) : (
      <>
        <Refusal id={REFUSAL_ID} otherwise={WHAT_TO_DO} />
        <ol className="plain">
          {alarms.map((alarm) => (
            <Row key={alarm.atMs} alarm={alarm} />
          ))}
        </ol>
      </>
    )}
  </section>
);
