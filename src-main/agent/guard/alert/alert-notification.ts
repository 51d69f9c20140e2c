// An incident in, what the desktop shows of it out. LOW and MEDIUM wait on the dashboard: they are worth a look, not an interruption.
import type { Notification } from '../../../../src-preload/contract.ts';
import type { GuardIncident } from './incidents.ts';

const LONGEST = 400;

/** null for what is not worth an interruption. */
export function alertNotification({ id, risk, title }: GuardIncident): Notification | null {
  if (risk !== 'HIGH' && risk !== 'CRITICAL') return null;
  return {
    title: risk === 'CRITICAL' ? 'This machine is being attacked' : 'The log shows a possible attack',
    // Some desktops read markup, and names are an attacker's to choose.
    body: title.replaceAll(/[<>&]/g, ' ').slice(0, LONGEST),
    urgency: risk === 'CRITICAL' ? 'critical' : 'normal',
    link: `#/guard?incident=${id}`,
  };
}
