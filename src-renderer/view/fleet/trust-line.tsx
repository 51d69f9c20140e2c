// The last hour of a host's trust, as this viewer heard it: the line with its band, gaps as gaps.
import { useMemo } from 'react';
import { HISTORY_MS, type FleetPoint } from '../../../src-preload/fleet.ts';
import { bandPath, lineSummary, trustRows } from '../../fleet/trust-line.ts';
import { clockTime, clockTimeSeconds } from '../../format.ts';
import { linePath, plotFrame } from '../../small-plot.ts';
import { axisEndMs, timeAxis } from '../../time-axis.ts';
import { Chart } from '../chart/chart.tsx';
import { Axes } from '../host/small-plot.tsx';
import { useFirstWidth } from '../host/use-width.ts';

const TRUST_TICKS = [0, 25, 50, 75, 100];
const HEIGHT = 204;
const STEP_MS = 60_000;

interface TrustLineProps {
  readonly points: readonly FleetPoint[];
  /** Since when the viewer keeps it. */
  readonly sinceMs: number;
  readonly nowMs: number;
}

function Plot({
  points,
  endMs,
  width,
}: {
  readonly points: readonly FleetPoint[];
  readonly endMs: number;
  readonly width: number;
}) {
  const frame = useMemo(() => plotFrame(width, endMs - HISTORY_MS, endMs, 100, HEIGHT), [width, endMs]);
  const { ticks, tickText } = useMemo(() => timeAxis(endMs - HISTORY_MS, endMs), [endMs]);
  return (
    <svg className="small-svg" width={width} height={HEIGHT} role="img" aria-label="Trust over the last hour">
      <Axes
        frame={frame}
        yTicks={TRUST_TICKS.map((tick) => ({ y: frame.yOf(tick), text: String(tick) }))}
        xTicks={ticks.map((tick) => ({ x: frame.xOf(tick), text: tickText(tick) }))}
      />
      <path className="fleet-band" d={bandPath(points, frame)} />
      <path className="small-line line-0" d={linePath(trustRows(points), 0, frame)} />
    </svg>
  );
}

export function TrustLine({ points, sinceMs, nowMs }: TrustLineProps) {
  const [box, width] = useFirstWidth<HTMLDivElement>();
  const endMs = axisEndMs(nowMs, STEP_MS);
  const summary = lineSummary(points, clockTimeSeconds);
  const kept = nowMs - sinceMs < HISTORY_MS ? ` This viewer keeps it since ${clockTime(sinceMs)}.` : '';
  return (
    <section className="panel fleet-line" ref={box}>
      <Chart
        title="Trust from 0 to 100, last hour"
        summary={summary === null ? null : `${summary}${kept}`}
        empty={`The line begins with the host’s next score.${kept}`}
      >
        {summary === null || width === 0 ? null : <Plot points={points} endMs={endMs} width={width} />}
      </Chart>
    </section>
  );
}
