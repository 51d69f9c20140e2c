// A score in, an arc from 0 to 100 with the band around it and the number out.
import { score } from '../format.ts';

/** Three quarters of a circle, open below; its length counts as 100, so that a dash is as long as a score. */
const ARC = 'M 37.57 162.43 A 88.3 88.3 0 1 1 162.43 162.43';

interface PartProps {
  readonly className: string;
  readonly from: number;
  readonly to: number;
}

/** `from` and `to` on the scale of the score. */
const ArcPart = ({ className, from, to }: PartProps) => (
  <path className={className} d={ARC} pathLength={100} strokeDasharray={`${to - from} 200`} strokeDashoffset={-from} />
);

interface DialProps {
  readonly trust: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The dial for who cannot see it. */
  readonly label: string;
}

export function Dial({ trust, low, high, label }: DialProps) {
  return (
    <svg className="dial" viewBox="0 0 200 176" role="img" aria-label={label}>
      <path className={trust === null ? 'dial-track empty' : 'dial-track'} d={ARC} />
      {low !== null && high !== null && high > low && <ArcPart className="dial-band" from={low} to={high} />}
      {trust !== null && trust > 0 && <ArcPart className="dial-value" from={0} to={trust} />}
      <text className={trust === null ? 'dial-score unknown' : 'dial-score'} x="100" y="118">
        {score(trust)}
      </text>
      <text className="dial-unit" x="100" y="142">
        {trust === null ? 'no score yet' : 'trust of 100'}
      </text>
    </svg>
  );
}
