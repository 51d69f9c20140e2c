// Enters: why notifications can't be shown, by whoever finds out. Leaves: the ability in one word, and a notice as long as it holds.
import type { Ability } from '../../src-preload/contract.ts';
import type { Lack } from './notification-service.ts';

export interface NotificationLack {
  readonly ability: () => Ability;
  /** `service`: what is missing to show any; `last`: what came of the last one. null: nothing is wrong. */
  readonly found: (news: { readonly service?: Lack | null; readonly last?: Lack | null }) => void;
  /** Says what is wrong, if anything is: somebody would have been shown something, or should know before. */
  readonly complain: () => void;
}

export interface LackParts {
  /** null: they can be shown again. */
  readonly tell: (text: string | null) => void;
  /** The ability is another one. */
  readonly changed: (ability: Ability) => void;
}

export function createNotificationLack({ tell, changed }: LackParts): NotificationLack {
  let lacks: { service: Lack | null; last: Lack | null } = { service: null, last: null };
  /** The reason that stands in the notices. */
  let told: string | null = null;
  const ability = (): Ability => abilityOf(lacks.service ?? lacks.last);
  const complain = (): void => {
    const { reason, fix } = ability();
    if (reason === null || reason === told) return;
    told = reason;
    tell(`Notifications can't be shown. ${reason} ${fix ?? ''}`.trim());
  };
  const found: NotificationLack['found'] = (news) => {
    const before = ability().reason;
    lacks = { ...lacks, ...news };
    const now = ability();
    if (now.reason === before) return;
    changed(now);
    if (told === null) return;
    if (now.available) tell((told = null));
    else complain();
  };
  return { ability, found, complain };
}

const abilityOf = (lack: Lack | null): Ability => ({
  available: lack === null,
  reason: lack?.reason ?? null,
  fix: lack?.fix ?? null,
});
