// Trust in, state out: LEARNING -> NORMAL -> MONITORING -> RESTRICTED -> LOCKDOWN and back, with patience in both directions. Pure.
import { STATES, type State } from '../../../src-preload/contract.ts';
import type { DecisionSettings } from '../settings.ts';

export interface DecisionState {
  readonly state: State;
  /** What the last ticks called for, newest last, at most `ticks` of them. */
  readonly recent: readonly State[];
}

export const STARTING: DecisionState = { state: 'LEARNING', recent: [] };

const rank = (state: State): number => STATES.indexOf(state);

/** The state that a trust of 0-100 stands for by itself. */
export function stateOfTrust(trust: number, { normal, monitoring, restricted }: DecisionSettings): State {
  if (trust >= normal) return 'NORMAL';
  if (trust >= monitoring) return 'MONITORING';
  return trust >= restricted ? 'RESTRICTED' : 'LOCKDOWN';
}

/**
 * One tick.
 * @param trust 0-100, or null while there is no model to score with.
 * @returns the new state; it changes only after `ticks` ticks in a row called for it, and then to the mildest of them on the way
 *   down and the worst of them on the way up. The way up asks for `hysteresis` points more than the way down.
 */
export function decide(before: DecisionState, trust: number | null, settings: DecisionSettings): DecisionState {
  if (trust === null) return STARTING;
  if (before.state === 'LEARNING') return { state: 'NORMAL', recent: [] };
  const called = calledFor(before.state, trust, settings);
  const recent = [...before.recent, called].slice(-settings.ticks);
  if (recent.length < settings.ticks) return { state: before.state, recent };
  const ranks = recent.map(rank);
  const now = rank(before.state);
  const mildest = Math.min(...ranks);
  const worst = Math.max(...ranks);
  const next = mildest > now ? mildest : worst < now ? worst : now;
  return { state: STATES[next] ?? before.state, recent };
}

/** A real re-authentication (the screen was unlocked with the password) ends every alarm at once. */
export const reauthenticated = (before: DecisionState): DecisionState =>
  before.state === 'LEARNING' ? before : { state: 'NORMAL', recent: [] };

function calledFor(state: State, trust: number, settings: DecisionSettings): State {
  const plain = stateOfTrust(trust, settings);
  if (rank(plain) >= rank(state)) return plain;
  const withHysteresis = stateOfTrust(trust - settings.hysteresis, settings);
  return rank(withHysteresis) < rank(state) ? withHysteresis : state;
}
