// The state of filter and decision in and out of the store: whoever ends the agent and starts it again gains nothing by it.
import * as v from 'valibot';
import { STATES, type State } from '../../../src-preload/contract.ts';
import type { Store } from '../store/store.ts';
import type { TrustState } from './trust-filter.ts';

export interface RememberedTrust {
  readonly trust: TrustState;
  readonly state: State;
  readonly atUs: number;
}

const KEY = 'trust';
const schema = v.object({
  trust: v.object({ logit: v.pipe(v.number(), v.finite()), sd: v.pipe(v.number(), v.finite()) }),
  state: v.picklist(STATES),
  atUs: v.number(),
});

/** But for the crowd: whom of it somebody else would be is learned again in a few keystrokes. */
export const rememberTrust = (store: Store, { trust: { logit, sd }, state, atUs }: RememberedTrust): void =>
  store.set(KEY, JSON.stringify({ trust: { logit, sd }, state, atUs }));

export const forgetTrust = (store: Store): void => store.set(KEY, 'null');

/** null when there is nothing, or nothing that can be read. */
export function recallTrust(store: Store): RememberedTrust | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), store.get(KEY));
  return parsed.success ? parsed.output : null;
}
