// Trust over the last 30 minutes. In: the thinned history. Out: a line with its band, gaps as gaps, changes of state marked.
import { memo, useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { newestMs } from '../dashboard.ts';
import { clockTime, clockTimeSeconds, score } from '../format.ts';
import { axisEndMs, chartRows, stateChanges, timeAxis } from '../history.ts';
import type { ChartRow, StateChange } from '../history.ts';
import { useDashboard } from '../state.ts';
import { bandText, chartSummary, STATE_SIGNS } from '../words.ts';
import { ShapeMark } from './icons.tsx';

const TRUST_TICKS = [0, 25, 50, 75, 100];
/** Marks closer than that would cover each other; the later one is drawn, the line of each stays. */
const MARK_APART_MS = 60_000;
const MARGIN = { top: 18, right: 12, bottom: 4, left: 0 };

interface DotProps {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly payload?: ChartRow;
}

/** A point without neighbours would draw no line at all. */
const loneDot = ({ cx, cy, payload }: DotProps) =>
  payload?.alone === true && cx !== undefined && cy !== undefined ? (
    <circle key={payload.atMs} className="chart-dot" cx={cx} cy={cy} r={2.5} />
  ) : (
    <g key={payload?.atMs ?? 'gap'} />
  );

interface MarkProps {
  readonly change: StateChange;
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}

function ChangeMark({ change, viewBox }: MarkProps) {
  const { shape, tone, word } = STATE_SIGNS[change.to];
  return (
    <g className={`tone-${tone} chart-mark`}>
      <title>{`${clockTimeSeconds(change.atMs)}: ${word}`}</title>
      <ShapeMark shape={shape} x={viewBox?.x ?? 0} y={(viewBox?.y ?? 0) - 9} />
    </g>
  );
}

interface TipProps {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: ChartRow }[];
}

function Tip({ active, payload }: TipProps) {
  const row = payload?.[0]?.payload;
  if (active !== true || row === undefined) return null;
  return (
    <div className="tip">
      <strong>{row.trust === null ? 'No score' : `Trust ${score(row.trust)}`}</strong>
      {row.band !== null && <span>{bandText(row.band[0], row.band[1])}</span>}
      <span className="quiet">
        {STATE_SIGNS[row.state].word}, {clockTimeSeconds(row.atMs)}
      </span>
    </div>
  );
}

function Plot({ endMs }: { readonly endMs: number }) {
  const history = useDashboard((known) => known.history);
  const rows = useMemo(() => [...chartRows(history)], [history]);
  const changes = useMemo(() => stateChanges(history), [history]);
  const { domain, ticks } = useMemo(() => timeAxis(endMs), [endMs]);
  return (
    <ComposedChart className="plot" responsive data={rows} margin={MARGIN} aria-label="Trust over the last 30 minutes">
      <CartesianGrid vertical={false} />
      <XAxis
        dataKey="atMs"
        type="number"
        domain={[...domain]}
        ticks={[...ticks]}
        tickFormatter={clockTime}
        tickLine={false}
        allowDataOverflow
        minTickGap={16}
      />
      <YAxis domain={[0, 100]} ticks={TRUST_TICKS} width={32} axisLine={false} tickLine={false} />
      <Tooltip content={<Tip />} filterNull={false} isAnimationActive={false} />
      <Area className="chart-band" dataKey="band" stroke="none" isAnimationActive={false} activeDot={false} />
      {changes.map((change, index) => (
        <ReferenceLine
          key={change.atMs}
          className={`chart-change tone-${STATE_SIGNS[change.to].tone}`}
          x={change.atMs}
          {...((changes[index + 1]?.atMs ?? Infinity) - change.atMs > MARK_APART_MS && {
            label: <ChangeMark change={change} />,
          })}
        />
      ))}
      <Line className="chart-line" dataKey="trust" type="linear" dot={loneDot} isAnimationActive={false} />
    </ComposedChart>
  );
}

/** Drawn anew for a new point or a moved axis, not for every snapshot that the page around it shows. */
export const TrustChart = memo(function TrustChart() {
  const historyTrouble = useDashboard((known) => known.historyTrouble);
  const summary = useDashboard((known) => chartSummary(known.history));
  const endMs = useDashboard((known) => {
    const newest = newestMs(known);
    return newest === null ? null : axisEndMs(newest);
  });
  const empty = historyTrouble ?? 'The line begins with the next score, within seconds of typing or moving the mouse.';
  return (
    <figure className="chart">
      <figcaption>
        <h2>Trust from 0 to 100, last 30 minutes</h2>
      </figcaption>
      <div className={summary === null ? 'plot-frame empty' : 'plot-frame'}>
        {summary === null || endMs === null ? (
          <p className="quiet">{empty}</p>
        ) : (
          <div>
            <Plot endMs={endMs} />
          </div>
        )}
      </div>
      <p className="quiet chart-summary">
        {summary}
        {summary !== null && <span>local time</span>}
      </p>
    </figure>
  );
});
