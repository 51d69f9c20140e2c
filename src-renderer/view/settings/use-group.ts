// One group of settings, saved at each change. In: the group's name. Out: its value as shown, how to change it, what came of it.
import { useEffect, useRef, useState } from 'react';
import type { UserSettings } from '../../../src-preload/contract.ts';
import { changeOf, refusalOf } from '../../settings-form.ts';
import type { GroupName } from '../../settings-form.ts';
import { changeSettings, inWords } from '../../state.ts';
import { useClient } from '../use-client.ts';

/** How long “Saved” stands. */
const SAVED_MS = 4000;

export type Outcome =
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  /** `field`: the one beside which it is said; the value is again what holds. */
  | { readonly kind: 'refused'; readonly field: string; readonly why: string };

export interface Group<K extends GroupName> {
  /** What holds, or what is being saved. */
  readonly value: UserSettings[K];
  readonly outcome: Outcome | null;
  readonly save: (field: string, value: UserSettings[K]) => void;
  /** Says that what was typed is no value at all. */
  readonly refuse: (field: string, why: string) => void;
}

export function useGroup<K extends GroupName>(name: K, settings: UserSettings): Group<K> {
  const client = useClient();
  const [draft, setDraft] = useState<{ readonly value: UserSettings[K] } | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  // Of changes that follow each other fast, only the last one's answer says how things stand.
  const turn = useRef(0);
  useEffect(() => {
    if (outcome?.kind !== 'saved') return;
    const timer = setTimeout(() => setOutcome(null), SAVED_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const refuse = (field: string, why: string): void => setOutcome({ kind: 'refused', field, why });
  const save = (field: string, value: UserSettings[K]): void => {
    const change = changeOf(name, value);
    const refusal = refusalOf(change);
    if (refusal !== null) return refuse(field, refusal);
    const mine = (turn.current += 1);
    const settle = (next: Outcome): void => {
      if (turn.current !== mine) return;
      setDraft(null);
      setOutcome(next);
    };
    setDraft({ value });
    setOutcome({ kind: 'saving' });
    changeSettings(client, change).then(
      () => settle({ kind: 'saved' }),
      (error: unknown) => settle({ kind: 'refused', field, why: inWords(error) }),
    );
  };
  return { value: draft === null ? settings[name] : draft.value, outcome, save, refuse };
}

/** What is wrong with a field; null where nothing is. */
export const refusalAt = (outcome: Outcome | null, field: string): string | null =>
  outcome?.kind === 'refused' && outcome.field === field ? outcome.why : null;
