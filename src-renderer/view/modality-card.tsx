// One modality: what it contributes now and why, or why it contributes nothing and the one thing to do.
import type { ModalityView } from '../../src-preload/contract.ts';
import { quantity, score, signedPoints } from '../format.ts';
import { reasonSentence } from '../host-words.ts';
import { MODALITY_TITLES, STATUS_SIGNS } from '../words.ts';
import { learntText } from './enrolment.tsx';
import { ModalityIcon, ShapeIcon } from './icons.tsx';
import { Meter } from './meter.tsx';
import { Reason } from './reason.tsx';
import { WithCommands } from './with-commands.tsx';

interface ViewProps {
  readonly view: ModalityView;
}

function Status({ view }: ViewProps) {
  const { word, shape, tone } = STATUS_SIGNS[view.status];
  return (
    <span className={`status tone-${tone}`}>
      <ShapeIcon shape={shape} />
      {word}
    </span>
  );
}

const learns = (view: ModalityView): boolean => view.status === 'learning' || view.status === 'training';

function Figures({ view }: ViewProps) {
  const moved = signedPoints(view.pointsLastMinute) ?? '0';
  return (
    <dl className="card-figures">
      <div title="How well the last window of input fits the owner, 0–100">
        <dt>{view.score === null ? 'no score' : 'fit of 100'}</dt>
        <dd>{score(view.score)}</dd>
      </div>
      <div title="Points of trust that this added (+) or took (−) in the last minute">
        <dt>points, last minute</dt>
        <dd>{moved}</dd>
      </div>
    </dl>
  );
}

/** `84 of 100 keystrokes`, or `157 keystrokes, 20 needed`: more than enough must not read like a fraction. */
const evidenceText = ({ have, need, unit }: ModalityView['evidence']): string =>
  have > need
    ? `${quantity(have)} ${unit}, ${quantity(need)} needed`
    : `${quantity(have)} of ${quantity(need)} ${unit}`;

/** While it learns, the way to a model; afterwards the way to the next score. */
function Progress({ view }: ViewProps) {
  const title = MODALITY_TITLES[view.modality];
  const { have, need } = learns(view) ? view.enrolment : view.evidence;
  const text = learns(view) ? learntText(view.enrolment) : evidenceText(view.evidence);
  return (
    <div className="card-progress">
      <Meter label={`${title}: ${learns(view) ? 'learned' : 'evidence'}`} have={have} need={need} text={text} />
      <p className="quiet">{text}</p>
    </div>
  );
}

function Unavailable({ view }: ViewProps) {
  return (
    <div className="card-unavailable">
      <p>{reasonSentence(view.reason ?? 'the agent gives no reason')}</p>
      {view.fix !== null && (
        <p className="quiet">
          <WithCommands text={view.fix} />
        </p>
      )}
    </div>
  );
}

export function ModalityCard({ view }: ViewProps) {
  const because = [view.strongest, view.reason].filter((part) => part !== null).join('. ');
  return (
    <li className={`panel card ${view.status}`}>
      <h2>
        <ModalityIcon modality={view.modality} />
        {MODALITY_TITLES[view.modality]}
        <Status view={view} />
      </h2>
      {view.status === 'unavailable' ? (
        <Unavailable view={view} />
      ) : (
        <>
          {!learns(view) && <Figures view={view} />}
          <Progress view={view} />
          <p className="card-because">
            <Reason text={because} />
          </p>
          {view.fix !== null && <p className="quiet">{view.fix}</p>}
          {view.through !== null && <p className="quiet">Seen through {view.through}.</p>}
        </>
      )}
    </li>
  );
}
