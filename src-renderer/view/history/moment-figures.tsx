// The figures of one moment: trust a minute before, then, and a minute after; the points that each modality moved.
import type { TrustPoint } from '../../../src-preload/contract.ts';
import { DEFAULT_USER_SETTINGS, MODALITIES } from '../../../src-preload/contract.ts';
import { score, signedPoints, UNKNOWN } from '../../format.ts';
import { pointsMoved } from '../../moment.ts';
import { bandText, MODALITY_TITLES, STATE_SIGNS } from '../../words.ts';
import { ModalityIcon } from '../icons.tsx';
import type { Explained } from './use-moment.ts';

interface TrustFigureProps {
  readonly title: string;
  readonly point: TrustPoint | null;
}

function noteOf(point: TrustPoint | null): string {
  if (point === null) return 'nothing recorded';
  if (point.trust === null) return STATE_SIGNS[point.state].word.toLowerCase();
  return bandText(point.low, point.high) ?? STATE_SIGNS[point.state].word.toLowerCase();
}

const TrustFigure = ({ title, point }: TrustFigureProps) => (
  <div>
    <dt>{title}</dt>
    <dd>
      <strong>{score(point?.trust ?? null)}</strong>
      <span className="quiet">{noteOf(point)}</span>
    </dd>
  </div>
);

function Moved({ explained }: { readonly explained: Exclude<Explained, { readonly trouble: string }> }) {
  const moved = pointsMoved(explained.moment.said);
  // What is off until somebody wants it has a row where it said something.
  const shown = MODALITIES.filter((one) => moved[one] !== null || DEFAULT_USER_SETTINGS.modalities[one]);
  return (
    <table className="moved">
      <caption>Points that each moved in the minute before</caption>
      <tbody>
        {shown.map((modality) => {
          const points = moved[modality];
          return (
            <tr key={modality}>
              <th scope="row">
                <ModalityIcon modality={modality} />
                {MODALITY_TITLES[modality]}
              </th>
              <td>{points === null ? UNKNOWN : (signedPoints(points) ?? '0')}</td>
              <td className="quiet">{points === null ? 'said nothing' : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** null: the answer is not there yet; its place is kept. */
export function MomentFigures({ explained }: { readonly explained: Explained | null }) {
  if (explained === null) return <p className="quiet moment-figures">Reading what led to it.</p>;
  if ('trouble' in explained) return <p className="trouble moment-figures">{explained.trouble}</p>;
  const { before, after } = explained.around;
  return (
    <div className="moment-figures">
      <dl className="before-after">
        <TrustFigure title="a minute before" point={before} />
        <TrustFigure title="trust then" point={explained.moment.point} />
        <TrustFigure title="a minute after" point={after} />
      </dl>
      <Moved explained={explained} />
    </div>
  );
}
