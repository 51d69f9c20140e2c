// The report of a soak in, lines for a person out; pure.
import type { SoakReport } from '../evaluate/soak-judge.ts';
import { layOut } from './table.ts';
import type { Paint } from './terminal.ts';

export function describeSoak(
  { start, wallMinutes, lifeHours, complete, verdicts, figures, events }: SoakReport,
  paint: Paint,
): readonly string[] {
  const { machine, speed, commit, input, livedHours = 0 } = start;
  const judged = verdicts.filter(({ ok }) => ok !== null);
  const missed = judged.filter(({ ok }) => ok === false);
  const open = verdicts.filter(({ ok, promised }) => ok === null && promised !== '');
  const { agentCpuPercent, driverCpuPercent, load } = figures;
  return [
    `${wallMinutes.toFixed(1)} min at ${speed} times the speed of life: ${lifeHours.toFixed(1)} h${complete ? '' : ` of ${((start.minutes * speed) / 60).toFixed(1)} h that were planned`}.`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}; commit ${commit ?? 'unknown'}, begun ${new Date(start.startedMs).toISOString()}.`,
    input,
    ...(livedHours === 0
      ? []
      : [`It had lived ${livedHours} h before, and was started again when the measuring began.`]),
    `The machine had other work: its load was ${load[0].toFixed(1)} in the middle and ${load[1].toFixed(1)} at the most.`,
    '',
    ...layOut(
      verdicts.map(({ name, measured, promised, ok }) => [
        name,
        ok === null ? '' : ok ? paint.good('ok') : paint.bad('missed'),
        promised === '' ? measured : `${measured} ${paint.dim(`(promised: ${promised})`)}`,
      ]),
    ),
    '',
    `The agent took ${agentCpuPercent.toFixed(1)} % of a core, ${(agentCpuPercent / speed).toFixed(2)} % at the speed of life with all that was asked of it; what drives it ${driverCpuPercent.toFixed(1)} %.`,
    `It was given ${figures.inputEvents.toLocaleString('en-US')} input events, ${figures.logLines.toLocaleString('en-US')} log lines and ${figures.requests.toLocaleString('en-US')} requests, and told ${figures.pushes.toLocaleString('en-US')} messages; ${figures.lateEvents.toLocaleString('en-US')} events were left out because they were late.`,
    `States: ${figures.states.join(', ')}. Attacks found in the log: ${figures.incidents}.${figures.decisions === null ? '' : ` Decisions: ${figures.decisions}.`}`,
    `${events.length} things were done to it on the way, ${events.filter(({ text }) => text.includes('refused')).length} of them refused.`,
    '',
    missed.length > 0
      ? paint.bad(
          `${missed.length} of ${judged.length} promises were missed: ${missed.map(({ name }) => name).join(', ')}.`,
        )
      : `All ${judged.length} promises that could be judged are kept.`,
    ...(open.length > 0 ? [`Not judged, because it was too short: ${open.map(({ name }) => name).join(', ')}.`] : []),
  ];
}
