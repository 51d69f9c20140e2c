// An incident with its alerts in, a report that a person can read out: what happened, when, why it counts, and what could be done.
import type { IncidentDetail, LogAlert } from '../../../../src-preload/contract.ts';

const WIDTH = 100;

/** Plain text, one line each; nothing in it but printable characters, whatever the log held. */
export function incidentReport({ incident, alerts, lines, responses }: IncidentDetail): readonly string[] {
  const { id, risk, score, title, tactics, firstMs, lastMs, subjects, acknowledgedMs } = incident;
  return [
    `Incident ${id}: ${risk}, score ${score.toFixed(2)}`,
    ...wrap(title, ''),
    `From ${stamp(firstMs)} to ${stamp(lastMs)}; ${subjects.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
    ...(tactics.length > 1 ? [`Steps: ${tactics.join(' -> ')}`] : []),
    ...(acknowledgedMs === null ? [] : [`Acknowledged ${stamp(acknowledgedMs)}`]),
    '',
    'Timeline',
    ...alerts.flatMap(entry),
    ...(lines.length === 0 ? [] : ['', 'Lines of the log', ...lines.map(({ alert, line }) => `  [${alert}] ${line}`)]),
    ...(responses.length === 0
      ? []
      : ['', 'What you could do (nothing of it was done)', ...responses.flatMap(proposal)]),
  ];
}

function entry(alert: LogAlert): readonly string[] {
  const { id, atMs, risk, score, techniques, explanation, count, reasons } = alert;
  return [
    `  ${stamp(atMs)}  [${id}] ${risk} ${score.toFixed(2)}  ${techniques.map((one) => `${one.id} ${one.name}`).join('; ')}`,
    ...wrap(`${explanation}${count > 1 ? ` (${count} events)` : ''}`, '      '),
    ...reasons.map(({ words, value, usual, points }) => {
      const seen = value === null ? '' : `: ${value}${usual === null ? '' : `, usually ${usual}`}`;
      return `        +${points.toFixed(2)}  ${words}${seen}`;
    }),
  ];
}

const proposal = ({ what, command, undo }: IncidentDetail['responses'][number]): readonly string[] => [
  `  ${what}:`,
  `      ${command}`,
  undo === null ? '      (cannot be taken back)' : `      undo: ${undo}`,
];

/** Local time with its offset, so that it can be held against other logs. */
export function stamp(atMs: number): string {
  const date = new Date(atMs);
  const offset = -date.getTimezoneOffset();
  const local = new Date(atMs + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  const pad = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${local} ${offset < 0 ? '-' : '+'}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`;
}

function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}
