// How far learning has come: the whole, then each modality in its own unit. Stands where the chart will stand.
import type { ModalityView, Snapshot } from '../../src-preload/contract.ts';
import { percent, quantity } from '../format.ts';
import { MODALITY_TITLES } from '../words.ts';
import { ModalityIcon } from './icons.tsx';
import { Meter } from './meter.tsx';

export const learntText = ({ have, need, unit }: ModalityView['enrolment']): string =>
  have >= need ? `${quantity(have)} ${unit}: enough` : `${quantity(have)} of ${quantity(need)} ${unit}`;

function Row({ view }: { readonly view: ModalityView }) {
  const title = MODALITY_TITLES[view.modality];
  const unavailable = view.status === 'unavailable';
  const text = unavailable ? `unavailable: ${view.reason ?? 'the agent gives no reason'}` : learntText(view.enrolment);
  return (
    <li className="enrolment-row">
      <ModalityIcon modality={view.modality} />
      <span className="enrolment-title">{title}</span>
      <Meter label={`${title} learned`} have={view.enrolment.have} need={view.enrolment.need} text={text} />
      <span className="enrolment-text">{text}</span>
    </li>
  );
}

export function Enrolment({ snapshot }: { readonly snapshot: Snapshot }) {
  const { share, sentence } = snapshot.enrolment;
  return (
    <div className="enrolment">
      <h2>Learning how you work</h2>
      <p className="enrolment-whole">
        <strong>{percent(share)}</strong>
        {!snapshot.sentence.includes(sentence) && <span>{sentence}</span>}
      </p>
      <Meter label="Learning as a whole" have={share} need={1} text={percent(share)} />
      <ul className="plain">
        {snapshot.modalities.map((view) => (
          <Row key={view.modality} view={view} />
        ))}
      </ul>
    </div>
  );
}
