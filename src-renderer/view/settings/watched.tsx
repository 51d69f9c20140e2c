// What is watched: a switch a modality.
import type { Modality, UserSettings } from '../../../src-preload/contract.ts';
import { MODALITIES } from '../../../src-preload/contract.ts';
import { defaultOf } from '../../settings-form.ts';
import { MODALITY_TITLES } from '../../words.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { Switch } from './switch.tsx';
import { useGroup } from './use-group.ts';

const EFFECTS = {
  keystroke: 'The rhythm of your typing: how long keys are held and how fast one follows the other.',
  mouse: 'How the pointer moves, and how you click and scroll.',
  app: 'Which application follows which, by name alone.',
  linguistic:
    'How you write: lengths of words and sentences, punctuation, capitals, digits, corrections. The text, from password fields too, lies in memory alone and is wiped half a minute after the last key at the latest; kept are 12 numbers for each stretch of 60 words. Shown and explained, and left out of the trust score: nobody has measured yet what it is worth.',
} satisfies Record<Modality, string>;

export function Watched({ settings }: { readonly settings: UserSettings }) {
  const group = useGroup('modalities', settings);
  const defaults = defaultOf('modalities');
  return (
    <GroupPanel
      id="watched"
      title="What is watched"
      intro="What is off is neither watched nor learned from. What was learned before is kept."
      outcomes={[group.outcome]}
      reset={resetOf('modalities', group, settings)}
    >
      {MODALITIES.map((modality) => (
        <Switch
          key={modality}
          field={modality}
          title={MODALITY_TITLES[modality]}
          effect={EFFECTS[modality]}
          on={group.value[modality]}
          byDefault={defaults[modality]}
          outcome={group.outcome}
          change={(on) => group.save(modality, { ...group.value, [modality]: on })}
        />
      ))}
    </GroupPanel>
  );
}
