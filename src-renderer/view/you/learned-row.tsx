// One model of one profile: how far learning has come, whether it is mature, in which version.
import type { LearnedModality } from '../../../src-preload/contract.ts';
import { learnedText, MATURITY_SIGNS } from '../../learned-words.ts';
import type { TermName } from '../../terms.ts';
import { MODALITY_TITLES } from '../../words.ts';
import { ModalityIcon } from '../icons.tsx';
import { Meter } from '../meter.tsx';
import { SignWord } from '../sign.tsx';
import { Term } from '../term.tsx';
import { Versions } from './versions.tsx';

const MEANINGS = { none: 'no model', young: 'young', mature: 'mature' } satisfies Record<
  LearnedModality['maturity'],
  TermName
>;

interface LearnedRowProps {
  readonly profile: string | null;
  readonly learned: LearnedModality;
}

export function LearnedRow({ profile, learned }: LearnedRowProps) {
  const { modality, maturity, have, need, sentence } = learned;
  const title = MODALITY_TITLES[modality];
  const text = learnedText(learned);
  const sign = MATURITY_SIGNS[maturity];
  return (
    <li className="learned">
      <p className="learned-head">
        <ModalityIcon modality={modality} />
        <strong>{title}</strong>
        <SignWord sign={sign}>
          <Term name={MEANINGS[maturity]}>{sign.word}</Term>
        </SignWord>
      </p>
      <Meter label={`${title}, learned from`} have={have} need={need} text={text} />
      <p className="learned-text">
        {sentence} {have < need && <span className="quiet">{text}</span>}
      </p>
      <Versions profile={profile} learned={learned} />
    </li>
  );
}
