// A moment: how long ago, with the exact local time on hover.
import { ago, fullTime } from '../format.ts';

interface AgoProps {
  readonly atMs: number;
  readonly nowMs: number;
}

export const Ago = ({ atMs, nowMs }: AgoProps) => (
  <time dateTime={new Date(atMs).toISOString()} title={fullTime(atMs)}>
    {ago(Math.max(0, nowMs - atMs))}
  </time>
);
