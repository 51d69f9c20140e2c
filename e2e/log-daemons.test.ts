// The real sshd, PAM, sudo and shadow on loopback, written down by the real rsyslog and by the real journald: what is done to them is found
// with the right technique before the next time the guard would look.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_USER_SETTINGS } from '../src-preload/contract.ts';
import { openFileSource } from '../src-main/agent/collect/logs-file.ts';
import { openJournalSource } from '../src-main/agent/collect/logs-journal.ts';
import type { LogSource } from '../src-main/agent/collect/logs-source.ts';
import type { GuardAlert } from '../src-main/agent/guard/alert/alert.ts';
import { startEngine } from '../src-main/agent/guard/engine.ts';
import { createGuardStore } from '../src-main/agent/guard/guard-store.ts';
import { openGuardMemory } from '../src-main/agent/guard/open-guard-store.ts';
import { guardConfig } from '../src-main/agent/guard/profile.ts';
import { createCipher, KEY_BYTES } from '../src-main/agent/store/cipher.ts';
import { testFolder } from '../src-main/agent/store/test-folder.ts';
import { missingForLogStage, openLogStage } from '../src-main/evaluate/log-stage.ts';
import type { Logger } from '../src-main/evaluate/log-stage-script.ts';

const CONFIG = guardConfig(DEFAULT_USER_SETTINGS.guard);

interface Step {
  readonly does: string;
  readonly script: string;
  readonly technique: string;
  readonly risks: readonly string[];
  /** In its explanation. */
  readonly says: RegExp;
  /** Done before, and seen by the guard. */
  readonly first?: string;
}

const ANY_RISK = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
/** At once, as an attacker does; a subshell, because the daemons are children of the shell itself. */
const atOnce = (names: string, command: string): string => `(for one in ${names}; do ${command} & done; wait)`;

const STEPS: readonly Step[] = [
  {
    does: 'failed logins',
    script: atOnce('1 2 3 4 5 6 7 8 9 10', 'failed 203.0.113.5 root'),
    ...{ technique: 'T1110.001', risks: ['MEDIUM', 'HIGH'], says: /^10 failed logins for root from 203\.0\.113\.5/ },
  },
  {
    does: 'spraying',
    script: atOnce('ann ben cem dot eva fay', 'failed 203.0.113.6 $one'),
    ...{ technique: 'T1110.003', risks: ['MEDIUM'], says: /^6 users tried from 203\.0\.113\.6/ },
  },
  {
    does: 'a success after failures',
    script: `${atOnce('1 2 3 4 5 6 7 8 9', 'failed 203.0.113.7 carol')}; login 203.0.113.7 carol true`,
    ...{
      technique: 'T1110.001',
      risks: ['CRITICAL'],
      says: /user carol logged in from 203\.0\.113\.7 after 9 failed logins/,
    },
  },
  {
    does: 'sudo by somebody who may not',
    script: `as_root 198.51.100.20 bob /usr/bin/id`,
    ...{ technique: 'T1548.003', risks: ANY_RISK, says: /^sudo refused a command of bob/i },
  },
  {
    does: 'sudo for what shells come from',
    script: `as_root 198.51.100.21 alice '/usr/bin/find /etc/hosts -exec /bin/sh -c true ;'`,
    ...{ technique: 'T1548.003', risks: ANY_RISK, says: /user alice ran a command as root/ },
  },
  {
    does: 'useradd',
    script: 'useradd -o -u 0 toor',
    ...{ technique: 'T1136.001', risks: ['HIGH', 'CRITICAL'], says: /account toor was made with the number of root/ },
  },
  {
    does: 'usermod into the group sudo',
    script: 'usermod -aG sudo bob',
    ...{ technique: 'T1098.007', risks: ANY_RISK, says: /user bob joined the group sudo/ },
  },
];

/** What takes the log away, which no line tells. */
const CLEARING: Readonly<Record<Logger, Step>> = {
  rsyslog: {
    does: 'truncating auth.log',
    script: 'truncate -s 0 /var/log/auth.log',
    ...{ technique: 'T1070.002', risks: ['HIGH', 'CRITICAL'], says: /auth\.log/ },
  },
  journald: {
    does: 'removing the archived journal',
    first: 'journalctl --rotate',
    script: 'rm /var/log/journal/*/*@*.journal',
    ...{ technique: 'T1070.002', risks: ['HIGH', 'CRITICAL'], says: /journal/ },
  },
};

/** The folder of the journal is looked at every half minute: the clock that says so is put forward. */
const LOOK_MS = 31_000;

const sourceOf = (logger: Logger, logs: string, nowMs: () => number): LogSource =>
  logger === 'rsyslog'
    ? openFileSource({ path: join(logs, 'auth.log'), role: 'all', position: null })
    : openJournalSource({ position: null, sinceMs: 60_000, folder: join(logs, 'journal'), nowMs });

async function guardOf(t: TestContext, source: LogSource) {
  const cipher = createCipher(randomBytes(KEY_BYTES));
  const store = createGuardStore(openGuardMemory(cipher), cipher);
  const alerts = new Map<number, GuardAlert>();
  const engine = await startEngine({
    ...{ config: CONFIG, store, sources: [source], nowMs: Date.now, onTrouble: assert.fail },
    onCycle: ({ raised }) => {
      for (const { alert } of raised) alerts.set(alert.id, alert);
    },
  });
  t.after(async () => {
    await engine.stop();
    store.close();
  });
  return { engine, alerts };
}

for (const logger of ['rsyslog', 'journald'] as const) {
  test(
    `attacks on real daemons, written down by ${logger}`,
    { skip: missingForLogStage(logger) ?? false },
    async (t) => {
      const logs = testFolder(t);
      const stage = await openLogStage(logger, logs);
      t.after(stage.stop);
      let aheadMs = 0;
      const { engine, alerts } = await guardOf(
        t,
        sourceOf(logger, logs, () => Date.now() + aheadMs),
      );
      await engine.poll();
      for (const { does, first, script, technique, risks, says } of [...STEPS, CLEARING[logger]])
        await t.test(does, async () => {
          if (first !== undefined) {
            await stage.run(first);
            aheadMs += LOOK_MS;
            await engine.poll();
            aheadMs += LOOK_MS;
          }
          await stage.run(script);
          const fits = ({ techniques, risk, explanation }: GuardAlert): boolean =>
            techniques.some(({ id }) => id === technique) && risks.includes(risk) && says.test(explanation);
          // The next regular look comes this much later.
          const untilMs = Date.now() + CONFIG.pollMs;
          do {
            await sleep(100);
            await engine.poll();
          } while (![...alerts.values()].some(fits) && Date.now() < untilMs);
          const found = [...alerts.values()].map((one) => `${one.techniques[0]?.id} ${one.risk} ${one.explanation}`);
          assert.ok([...alerts.values()].some(fits), `${technique} not among:\n${found.join('\n')}`);
        });
      assert.equal(engine.tally.unparsed, 0, [...engine.tally.unknown.keys()].join());
    },
  );
}
