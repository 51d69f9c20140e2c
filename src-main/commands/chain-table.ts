// What the whole product did and what a plain average would have done in, lines for the terminal out. Pure.
import type { ChainSummary } from '../evaluate/chain-summary.ts';
import type { Detector } from '../evaluate/detector.ts';
import { layOut } from './table.ts';
import { percent, range } from './table-numbers.ts';
import type { Paint } from './terminal.ts';

/** @param rules the summary of each rule with its name; the first is the product's. At least one. */
export function describeChain(
  rules: readonly (readonly [name: string, chain: ChainSummary])[],
  modality: Detector['modality'],
  paint: Paint,
): readonly string[] {
  const actions = modality === 'mouse' ? 'movements' : 'keystrokes';
  const row = (name: string, cell: (chain: ChainSummary) => string): readonly string[] => [
    `  ${name}`,
    ...rules.map(([, chain]) => cell(chain)),
  ];
  const [[, common] = []] = rules;
  if (common === undefined) return [];
  return [
    `The whole product, ${common.subjects} subjects`,
    ...Object.entries(common.notLearned).map(([reason, count]) => `  ${count} people not learned: ${reason}`),
    ...(common.streamMedian === null ? [] : [`  ${streamWords(common.streamMedian, actions)}`]),
    `  the owners work for ${common.genuineHours.toFixed(1)} h, ${whole(common.genuineActions)} ${actions}`,
    ...layOut([
      ['', ...rules.map(([name]) => paint.dim(name))],
      row('noticed', noticedWords),
      row('median after', (chain) => reached(chain.detectActionsMedian, chain.detectSecondsMedian, actions)),
      row('  95 %', ({ detectActionsMedianInterval: found }) =>
        found === null ? '—' : paint.dim(range(found, whole)),
      ),
      row('three quarters', (chain) => reached(chain.detectActionsP75, chain.detectSecondsP75, actions)),
      row('nine tenths', (chain) => reached(chain.detectActionsP90, chain.detectSecondsP90, actions)),
      row('ANIA', (chain) => (chain.takeovers === 0 ? '—' : `${aniaWords(chain)} ${actions}`)),
      row('false alarms', ({ falseAlarms, mostOfOne }) => `${falseAlarms}, at most ${mostOfOne} of one person`),
      row('  in 8 h of nothing else', (chain) => rate(chain.falseAlarmsPer8h, chain.falseAlarmsPer8hInterval)),
      ...(modality === 'keystroke' ? [row('  in 20,000 keystrokes', perKeystrokes)] : []),
      row('ANGA', (chain) => `${angaWords(chain)} ${actions}`),
    ]),
    ...[
      '  Noticed: the state falls to RESTRICTED or worse. A rate of false alarms has the exact interval of its count.',
      '  Nothing is repeated, so what comes after the end of a stream is not known.',
      '  Plain average: weighted mean of the scores at each tick, smoothed by .3; same scores, thresholds and patience.',
    ].map(paint.dim),
  ];
}

const streamWords = ({ actions, seconds }: { readonly actions: number; readonly seconds: number }, name: string) =>
  `half of the impostors' streams end after ${whole(actions)} ${name}, ${whole(seconds)} s`;

const noticedWords = ({ takeovers, detected }: ChainSummary): string =>
  takeovers === 0 ? '—' : `${percent(detected / takeovers)} % of ${takeovers} takeovers`;

const reached = (count: number | null, seconds: number | null, actions: string): string =>
  count === null ? 'not reached' : `${whole(count)} ${actions}, ${whole(seconds)} s`;

const aniaWords = ({ ania, detected, takeovers }: ChainSummary): string =>
  `${detected < takeovers ? 'at least ' : ''}${whole(ania)}`;

const angaWords = ({ anga, angaLow }: ChainSummary): string =>
  anga === null ? `at least ${whole(angaLow)}` : whole(anga);

const perKeystrokes = (chain: ChainSummary): string =>
  chain.falseAlarmsPer20000Keystrokes === null || chain.falseAlarmsPer20000KeystrokesInterval === null
    ? '—'
    : rate(chain.falseAlarmsPer20000Keystrokes, chain.falseAlarmsPer20000KeystrokesInterval);

/** Nobody worked where there is no rate. */
const rate = (x: number, interval: readonly [number, number]): string =>
  Number.isNaN(x) ? '—' : `${x.toFixed(2)} ${range(interval, (bound) => bound.toFixed(2))}`;

const whole = (x: number | null): string =>
  x === null || !Number.isFinite(x) ? 'not reached' : Math.round(x).toLocaleString('en-US');
