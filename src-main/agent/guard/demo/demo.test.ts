// Each scenario is found with its techniques, and nothing above MEDIUM on quiet days.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_USER_SETTINGS } from '../../../../src-preload/contract.ts';
import { createRandom } from '../../learn/random.ts';
import type { GuardAlert } from '../alert/alert.ts';
import type { GuardIncident } from '../alert/incidents.ts';
import { createCore } from '../core.ts';
import { createParser, newTally } from '../parse/parser.ts';
import { guardConfig } from '../profile.ts';
import { playScenario, SCENARIOS } from './scenarios.ts';

const START_MS = new Date(2026, 1, 2, 8, 0, 0).getTime();

async function found(
  lines: readonly string[],
): Promise<{ alerts: readonly GuardAlert[]; incidents: readonly GuardIncident[]; unparsed: number }> {
  const core = createCore({ config: guardConfig(DEFAULT_USER_SETTINGS.guard), random: createRandom(1) });
  const tally = newTally();
  const parser = createParser({ format: 'lines', role: 'all', notAfterMs: () => START_MS + 30 * 86_400_000 }, tally);
  const alerts = new Map<number, GuardAlert>();
  const incidents = new Map<number, GuardIncident>();
  for (let i = 0; i < lines.length; i += 100) {
    const cycle = await core.take(lines.slice(i, i + 100), parser);
    for (const { alert } of cycle.raised) alerts.set(alert.id, alert);
    for (const incident of cycle.incidents) incidents.set(incident.id, incident);
  }
  return { alerts: [...alerts.values()], incidents: [...incidents.values()], unparsed: tally.unparsed };
}

for (const scenario of SCENARIOS) {
  test(`${scenario.name}: ${scenario.story}`, async () => {
    for (const seed of [1, 2, 3]) {
      const { alerts, incidents, unparsed } = await found(playScenario(scenario, START_MS, seed));
      assert.equal(unparsed, 0);
      const techniques = new Set(alerts.flatMap((alert) => alert.techniques.map(({ id }) => id)));
      for (const expected of scenario.expects)
        assert.ok(techniques.has(expected), `${expected} not among ${[...techniques].join()}`);
      if (scenario.expects.length === 0)
        assert.deepEqual(
          alerts.filter(({ risk }) => risk === 'HIGH' || risk === 'CRITICAL'),
          [],
        );
      if (scenario.name === 'break-in') {
        const worst = incidents.toSorted((a, b) => b.score - a.score)[0];
        assert.equal(worst?.risk, 'CRITICAL');
        assert.deepEqual(worst?.tactics, [
          'Credential Access',
          'Initial Access',
          'Privilege Escalation',
          'Persistence',
          'Defense Evasion',
        ]);
      }
    }
  });
}
