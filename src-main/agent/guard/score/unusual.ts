// A vector and its score by the forest in, the finding that it is unlike what is usual out: about whom, and which technique the feature
// that shows it most stands for.
import { LOG_FEATURES } from '../features/log-features.ts';
import type { Scene } from '../features/watch.ts';
import { unusualStrength, type Baseline } from './baseline.ts';
import { reasonsOf } from './forest-reasons.ts';
import type { Finding } from './rule.ts';
import type { TechniqueId } from './techniques.ts';

/** The rule of what no rule has found. */
export const UNUSUAL = 'unusual behaviour';

/** What a feature of a session or a user stands for, where it is what the forest finds unusual. */
const TECHNIQUE_OF = {
  address: 'T1110.001',
  user: 'T1078',
  session: 'T1548.003',
} as const satisfies Record<(typeof LOG_FEATURES)[number]['of'], TechniqueId>;

/** null for a vector like those that were learned from. @param score of the forest, 0 to 1 */
export function findUnusual(baseline: Baseline, scene: Scene, row: Float32Array, score: number): Finding | null {
  const strength = unusualStrength(baseline, score);
  if (strength === 0) return null;
  const saved = reasonsOf(baseline.forest, row);
  const most = saved.indexOf(Math.max(...saved));
  const feature = LOG_FEATURES[most] ?? LOG_FEATURES[0];
  const { event, address, session } = scene;
  const who = session?.user ?? event.user;
  const from = address?.address ?? event.address;
  const byUser = feature.of !== 'address' && who !== null && who !== undefined;
  const name = byUser ? who : (from ?? who ?? event.target ?? 'the machine');
  return {
    ...{ rule: UNUSUAL, evidence: UNUSUAL },
    technique: TECHNIQUE_OF[feature.of],
    strength,
    subject: { kind: byUser ? 'user' : from === null ? 'host' : 'address', name },
    words: `unlike what is usual here: ${feature.words}`,
    count: event.count,
    features: [],
  };
}
