// Which models lie in memory; how often things are done, and whether less often on battery.
import type { ModelResidency, ResourceView } from '../../../src-preload/contract.ts';
import { costText, machineText, paceSentence, powerText, RESIDENCY_SIGNS } from '../../resource-words.ts';
import { SignWord } from '../sign.tsx';

const Model = ({ model: { name, state, memoryMiB, reason } }: { readonly model: ModelResidency }) => (
  <li className="collector">
    <span>
      {name}
      {memoryMiB.value !== null && <span className="quiet"> {costText(memoryMiB.value, 'MiB')} when loaded</span>}
    </span>
    <SignWord sign={RESIDENCY_SIGNS[state]} />
    {reason !== null && <p className="quiet">{reason}</p>}
  </li>
);

export const Models = ({ view: { models, machine } }: { readonly view: ResourceView }) => (
  <section className="panel resident" aria-labelledby="resident-title">
    <h2 id="resident-title">Models in memory</h2>
    {models.length === 0 && (
      <p className="quiet">
        There are none that need loading. What is learned of typing and of the mouse needs none: it is a part of the
        history.
      </p>
    )}
    <ul className="plain">
      {models.map((model) => (
        <Model key={model.name} model={model} />
      ))}
    </ul>
    <p className="quiet">{machineText(machine)}</p>
  </section>
);

export const Power = ({ view: { power, pace } }: { readonly view: ResourceView }) => (
  <section className="panel power" aria-labelledby="power-title">
    <h2 id="power-title">Pace and battery</h2>
    <p>{paceSentence(pace)}</p>
    <p>{powerText(power)}</p>
  </section>
);
