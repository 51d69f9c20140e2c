// How well the owner is told from others: errors in plain words a modality, and the trade-off between them as curves.
import { useState } from 'react';
import type { LearnedModality, Learning, Profile } from '../../../src-preload/contract.ts';
import { basisSentence, doubtedSentence, equalSentence, passedSentence } from '../../accuracy-words.ts';
import { versionInUse } from '../../learned-words.ts';
import { MODALITY_TITLES } from '../../words.ts';
import { ModalityIcon } from '../icons.tsx';
import { Term } from '../term.tsx';
import { DetChart } from './det-chart.tsx';
import type { Curve } from './det-chart.tsx';

function curvesOf(learned: readonly LearnedModality[]): readonly Curve[] {
  return learned.flatMap((one) => {
    const accuracy = versionInUse(one)?.accuracy ?? null;
    return accuracy === null ? [] : [{ modality: one.modality, accuracy }];
  });
}

const Rates = ({ modality, accuracy }: Curve) => (
  <li className="rates">
    <h3>
      <ModalityIcon modality={modality} />
      {MODALITY_TITLES[modality]}
    </h3>
    <dl>
      <dt>
        <Term name="FRR" />
      </dt>
      <dd>{doubtedSentence(accuracy)}</dd>
      <dt>
        <Term name="FAR" />
      </dt>
      <dd>{passedSentence(accuracy)}</dd>
      <dt>
        <Term name="EER" />
      </dt>
      <dd>{equalSentence(accuracy)}</dd>
    </dl>
    <p className="quiet">{basisSentence(accuracy)}</p>
  </li>
);

interface ChoiceProps {
  readonly profiles: readonly Profile[];
  readonly chosen: Profile | undefined;
  readonly choose: (id: string) => void;
}

const Choice = ({ profiles, chosen, choose }: ChoiceProps) => (
  <div className="choices" role="group" aria-label="Which profile">
    {profiles.map(({ id, name }) => (
      <button key={id} type="button" aria-pressed={id === chosen?.id} onClick={() => choose(id)}>
        {name}
      </button>
    ))}
  </div>
);

const EMPTY =
  'The first figures come with the first model: when it is made, part of what was seen of you is held out of it, to measure it by.';
const UNMEASURED =
  'There is a model, but too little was held out of it to measure it by. The figures come with its next version.';
const CAVEAT =
  'In brackets: where the truth lies with a certainty of 95 %. Colleagues may be more like you than invented people are, and days differ more than hours: a drill tells.';

export function Accuracy({ learning: { profiles, shared } }: { readonly learning: Learning }) {
  const [id, choose] = useState<string | null>(null);
  const chosen =
    profiles.find((profile) => profile.id === id) ?? profiles.find(({ status }) => status === 'in-use') ?? profiles[0];
  const learned = [...(chosen?.modalities ?? []), ...shared];
  const curves = curvesOf(learned);
  return (
    <section className="panel accuracy" aria-labelledby="accuracy-title">
      <div className="accuracy-head">
        <h2 id="accuracy-title">How well it tells you from others</h2>
        {profiles.length > 1 && <Choice profiles={profiles} chosen={chosen} choose={choose} />}
      </div>
      {curves.length === 0 ? (
        <p className="quiet">{learned.some((one) => one.versions.length > 0) ? UNMEASURED : EMPTY}</p>
      ) : (
        <div className="accuracy-parts">
          <div>
            <ul className="plain">
              {curves.map((curve) => (
                <Rates key={curve.modality} {...curve} />
              ))}
            </ul>
            <p className="quiet">{CAVEAT}</p>
          </div>
          <DetChart curves={curves} />
        </div>
      )}
    </section>
  );
}
