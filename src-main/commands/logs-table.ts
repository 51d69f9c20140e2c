// Alerts and what a scan came to in, lines for the terminal out. Pure.
import type { Incident, LogAlert, Risk } from '../../src-preload/contract.ts';
import { stamp } from '../agent/guard/alert/report.ts';
import type { Scan } from '../agent/guard/scan.ts';
import { layOut } from './table.ts';
import type { Paint } from './terminal.ts';

export const shadeOf = (risk: Risk, paint: Paint): ((text: string) => string) =>
  risk === 'LOW' ? paint.dim : risk === 'MEDIUM' ? paint.caution : paint.bad;

/** One alert, as it is found. */
export function alertLine({ atMs, risk, score, techniques, explanation, count }: LogAlert, paint: Paint): string {
  const [technique] = techniques;
  const events = count > 1 ? paint.dim(` (${count} events)`) : '';
  return `${stamp(atMs)}  ${shadeOf(risk, paint)(risk.padEnd(8))} ${score.toFixed(2)}  ${(technique?.id ?? '').padEnd(9)}  ${explanation}${events}`;
}

export function incidentLine(incident: Incident, paint: Paint): string {
  const { id, lastMs, risk, score, title, alerts, acknowledgedMs } = incident;
  const state = acknowledgedMs === null ? '' : paint.dim(' (acknowledged)');
  return `${stamp(lastMs)}  ${shadeOf(risk, paint)(risk.padEnd(8))} ${score.toFixed(2)}  incident ${id}, ${counted(alerts, 'alert')}: ${title}${state}`;
}

/** What a scan came to. */
export function scanLines(scan: Scan, tookS: number, paint: Paint): readonly string[] {
  const { tally, vectors, alerts, dropped, incidents, firstMs, lastMs, core } = scan;
  const byRisk = (risk: Risk): number => alerts.filter((alert) => alert.risk === risk).length;
  const baseline = core.baseline();
  const unknown = [...tally.unknown].toSorted(([, a], [, b]) => b - a);
  const worst = incidents.toSorted((a, b) => b.score - a.score || b.lastMs - a.lastMs).slice(0, 10);
  return [
    ...layOut([
      ['Lines', `${number(tally.lines)}, ${number(tally.parsed)} understood, ${number(tally.unparsed)} not`],
      ...unknown
        .slice(0, 5)
        .map(([program, count]) => ['', paint.dim(`${number(count)} of ${program || 'no program'}`)]),
      ['Time', firstMs === null || lastMs === null ? 'no event' : `${stamp(firstMs)} to ${stamp(lastMs)}`],
      ['Events', `${number(tally.events)}, ${counted(vectors, 'vector')}`],
      [
        'Usual',
        baseline === null
          ? 'too little to learn from: the rules alone'
          : `learned from ${number(baseline.samples)} vectors`,
      ],
      [
        'Alerts',
        `${number(alerts.length)}: ${byRisk('CRITICAL')} critical, ${byRisk('HIGH')} high, ${byRisk('MEDIUM')} medium, ${byRisk('LOW')} low`,
      ],
      ...(dropped === 0 ? [] : [['', `${number(dropped)} more did not fit and are counted only`]]),
      ['Took', `${tookS.toFixed(1)} s, ${number(Math.round(tally.lines / Math.max(tookS, 1e-3)))} lines/s`],
    ]),
    ...(worst.length === 0
      ? []
      : [
          '',
          incidents.length === 1 ? 'One incident' : `The worst of ${number(incidents.length)} incidents`,
          ...worst.map((one) => `  ${incidentLine(one, paint)}`),
        ]),
  ];
}

/** How long each step took, of all cycles and of one. */
export function stepLines({ tookMs, cycles, tally }: Pick<Scan, 'tookMs' | 'cycles' | 'tally'>): readonly string[] {
  const rows = Object.entries(tookMs).map(([step, ms]) => [
    step,
    `${ms.toFixed(1)} ms`,
    `${(ms / Math.max(1, cycles)).toFixed(3)} ms a cycle`,
    `${((ms * 1000) / Math.max(1, tally.lines)).toFixed(2)} µs a line`,
  ]);
  return layOut(rows, ['left', 'right', 'right', 'right']);
}

export const number = (value: number): string => value.toLocaleString('en-US');

/** `1 alert`, `1,200 alerts`. */
export const counted = (many: number, one: string): string => `${number(many)} ${one}${many === 1 ? '' : 's'}`;
