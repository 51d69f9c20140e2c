// Every rule, one line each; and a scene in, what they find in it out.
import type { EventKind } from '../parse/event.ts';
import type { Scene } from '../features/watch.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { freshAccount, newPlace, rootByPassword, successAfterFailures, successUnderAttack } from './rules-access.ts';
import {
  accountLocked,
  bruteForce,
  distributed,
  localGuessing,
  probing,
  slowGuessing,
  spraying,
} from './rules-guessing.ts';
import { firstPrivilege, misusedCommand, quickPrivilege, refusedPrivilege } from './rules-privilege.ts';
import * as system from './rules-system.ts';

export const RULES: readonly Rule[] = [
  ...[bruteForce, slowGuessing, localGuessing, spraying, distributed, accountLocked, probing],
  ...[successAfterFailures, successUnderAttack, newPlace, freshAccount, rootByPassword],
  ...[firstPrivilege, refusedPrivilege, quickPrivilege, misusedCommand],
  ...[system.accountAdded, system.groupJoined, system.accountChanged, system.accountRemoved],
  ...[system.logCleared, system.protectionStopped, system.forgedEntry, system.promiscuous, system.scheduleChanged],
];

const BY_EVENT = byEvent(RULES);

function byEvent(rules: readonly Rule[]): ReadonlyMap<EventKind, readonly Rule[]> {
  const map = new Map<EventKind, Rule[]>();
  for (const rule of rules) for (const kind of rule.on) map.set(kind, [...(map.get(kind) ?? []), rule]);
  return map;
}

const NOTHING: readonly Finding[] = [];

/** The strongest first. */
export function findIn(scene: Scene, context: RuleContext): readonly Finding[] {
  const rules = BY_EVENT.get(scene.event.kind);
  if (rules === undefined) return NOTHING;
  let found: Finding[] | null = null;
  for (const { name, technique, evidence = name, look } of rules) {
    const seen = look(scene, context);
    if (seen !== null && seen.strength > 0) (found ??= []).push({ rule: name, technique, evidence, ...seen });
  }
  return found === null ? NOTHING : found.sort((a, b) => b.strength - a.strength);
}
