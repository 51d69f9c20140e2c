// What each modality of a host does now, and how well its last window fits the owner.
import type { HostPresence } from '../../../src-preload/fleet.ts';
import { score } from '../../format.ts';
import { MODALITY_TITLES, STATUS_SIGNS } from '../../words.ts';
import { ModalityIcon } from '../icons.tsx';
import { SignWord } from '../sign.tsx';

export const HostModalities = ({ presence: { modalities } }: { readonly presence: HostPresence }) => (
  <section className="panel" aria-labelledby="modalities-title">
    <h2 id="modalities-title">Modalities</h2>
    {modalities.length === 0 && <p className="quiet">None is turned on.</p>}
    <ul className="plain">
      {modalities.map(({ modality, status, score: fit }) => (
        <li key={modality} className="event fleet-modality">
          <ModalityIcon modality={modality} />
          <span>{MODALITY_TITLES[modality]}</span>
          <SignWord sign={STATUS_SIGNS[status]} />
          <span className="fleet-fit">
            <strong>{score(fit)}</strong> <span className="quiet">{fit === null ? 'no window' : 'fit of 100'}</span>
          </span>
        </li>
      ))}
    </ul>
  </section>
);
