// What works on this machine, elsewhere, or in both places, over the Redis that is named beside it: what is sent to scorers, who scores, who measures.
import type { SettingsView, UserSettings } from '../../../src-preload/contract.ts';
import {
  collectAbility,
  collectSentence,
  PLACE_EFFECTS,
  PLACE_TITLES,
  PLACES,
  STAGE_TITLES,
  stageAbility,
  type StageName,
} from '../../elsewhere-words.ts';
import { defaultOf, isDefault, readNumber } from '../../settings-form.ts';
import { stageSentence } from '../../stages-words.ts';
import { Choice } from './choice.tsx';
import { GroupPanel } from './group-panel.tsx';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';

type Stages = UserSettings['stages'];

const FIGURES = [
  ['freshSeconds', 'A score is fresh for', 's', 'After the end of its window.'],
  ['trustPoints', 'Scores may lie apart', 'points', 'What is further apart counts as different.'],
  ['outsidePercent', 'Tell me above', '%', 'Of the last hour’s figures, when so many are different.'],
] as const satisfies readonly (readonly [keyof Stages, string, string, string])[];

export function Elsewhere({ view }: { readonly view: SettingsView }) {
  const { settings, collecting, stages: standing } = view;
  const stages = useGroup('stages', settings);
  const redis = useGroup('redis', settings);
  const { value } = stages;
  const atDefaults = isDefault('stages', settings) && !settings.redis.collect && settings.redis.fleetKeyFile === null;
  const reset = (): void => {
    stages.save('defaults', defaultOf('stages'));
    redis.save('collect', { ...redis.value, collect: false, fleetKeyFile: null });
  };
  const changeFigure = (field: keyof Stages, typed: string): void => {
    const figure = readNumber(typed);
    if (figure === null) stages.refuse(field, 'must be a number.');
    else stages.save(field, { ...value, [field]: figure });
  };
  const choice = (stage: StageName) => (
    <Choice
      field={stage}
      title={STAGE_TITLES[stage]}
      value={value[stage]}
      choices={PLACES.map((place) => ({
        value: place,
        title: PLACE_TITLES[place],
        effect: PLACE_EFFECTS[stage][place],
      }))}
      outcome={stages.outcome}
      change={(place) => stages.save(stage, { ...value, [stage]: place })}
      ability={stageAbility(stage, view)}
      standing={stageSentence(standing[stage])}
    />
  );
  return (
    <GroupPanel
      id="elsewhere"
      title="Here and elsewhere"
      intro="Over Redis, scorers of yours can do this machine’s work, or do it once more to be compared. This machine goes on to score whatever is chosen."
      outcomes={[stages.outcome, redis.outcome]}
      reset={atDefaults ? undefined : reset}
    >
      <Switch
        field="collect"
        title="Send windows to scorers"
        effect={collectSentence(collecting)}
        on={redis.value.collect}
        byDefault={defaultOf('redis').collect}
        outcome={redis.outcome}
        ability={collectAbility(view)}
        change={(collect) => redis.save('collect', { ...redis.value, collect })}
      />
      {(redis.value.collect || collecting.wanted) && (
        <TextField
          field="fleetKeyFile"
          long
          title="File of the fleet’s key"
          effect="The same on every collector and scorer, for its owner alone; “seclyzer fleet key” makes it. Empty: fleet.key in the data folder."
          placeholder="fleet.key"
          value={redis.value.fleetKeyFile ?? ''}
          outcome={redis.outcome}
          change={(typed) => redis.save('fleetKeyFile', { ...redis.value, fleetKeyFile: typed.trim() || null })}
        />
      )}
      {choice('scoring')}
      {choice('features')}
      {value.scoring !== 'local' &&
        FIGURES.map(([field, title, unit, effect]) => (
          <TextField
            key={field}
            field={field}
            title={title}
            unit={unit}
            effect={`${effect} Default: ${defaultOf('stages')[field]}.`}
            value={String(value[field])}
            outcome={stages.outcome}
            change={(typed) => changeFigure(field, typed)}
          />
        ))}
    </GroupPanel>
  );
}
