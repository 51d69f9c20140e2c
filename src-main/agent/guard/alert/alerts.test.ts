// Alerts of one thing are one, incidents are what belongs together, and what an attacker has named never becomes a command.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../learn/random.ts';
import { createCore } from '../core.ts';
import type { Cycle } from '../cycle.ts';
import { logWriter, type LogWriter } from '../demo/log-writer.ts';
import { linesOf } from '../desk.ts';
import { createParser, newTally } from '../parse/parser.ts';
import { guardConfig } from '../profile.ts';
import { DEFAULT_USER_SETTINGS } from '../../../../src-preload/contract.ts';
import type { GuardAlert } from './alert.ts';
import { alertNotification } from './alert-notification.ts';
import type { GuardIncident } from './incidents.ts';
import { incidentReport } from './report.ts';
import { responsesFor } from './responses.ts';

const START_MS = new Date(2026, 1, 2, 9, 0, 0).getTime();
const ATTACKER = '203.0.113.66';

function guard() {
  const core = createCore({ config: guardConfig(DEFAULT_USER_SETTINGS.guard), random: createRandom(1) });
  const parser = createParser(
    { format: 'lines', role: 'all', notAfterMs: () => START_MS + 9 * 86_400_000 },
    newTally(),
  );
  const log = logWriter(START_MS, createRandom(2));
  let read = 0;
  const alerts = new Map<number, GuardAlert>();
  const incidents = new Map<number, GuardIncident>();
  const take = async (play: (log: LogWriter) => void): Promise<Cycle> => {
    play(log);
    const cycle = await core.take(log.lines().slice(read), parser);
    read = log.lines().length;
    for (const { alert } of cycle.raised) alerts.set(alert.id, alert);
    for (const incident of cycle.incidents) incidents.set(incident.id, incident);
    return cycle;
  };
  return { core, take, alerts, incidents };
}

const fail =
  (count: number, user = 'root') =>
  (log: LogWriter): void => {
    for (let n = 0; n < count; n += 1) log.failed(user, ATTACKER, true);
  };
const kinds = ({ raised }: Cycle): readonly string[] =>
  raised.map(({ alert, kind }) => `${kind} ${alert.id} ${alert.risk} ×${alert.count}`);

test('told once, counted after that, told again when worse, and anew after a while', async () => {
  const { take } = guard();
  assert.deepEqual(kinds(await take(fail(5))), ['new 1 LOW ×5']);
  assert.deepEqual(kinds(await take(fail(1))), ['again 1 LOW ×6']);
  assert.deepEqual(kinds(await take(fail(4))), ['worse 1 MEDIUM ×10']);
  // What was worse stays: the window has moved on, the alert has not become better. Of these five only the last is above the threshold.
  const later =
    (seconds: number) =>
    (log: LogWriter): void => {
      log.wait(seconds);
      fail(5)(log);
    };
  assert.deepEqual(kinds(await take(later(400))), ['again 1 MEDIUM ×11']);
  assert.deepEqual(kinds(await take(later(700))), ['new 2 LOW ×5']);
});

test('something else that the same user does is told, not counted with what was told before', async () => {
  const { take } = guard();
  await take((log) => {
    fail(12, 'alice')(log);
    log.login('alice', ATTACKER);
  });
  const first = await take((log) => log.sudo('alice', '/usr/bin/id'));
  assert.deepEqual(
    first.raised.map(({ alert }) => alert.techniques[0]?.id),
    ['T1548.003'],
  );
  const second = await take((log) => log.sudo('alice', '/usr/bin/systemctl stop auditd'));
  assert.deepEqual(
    second.raised.map(({ alert, kind }) => [kind, alert.techniques[0]?.id]),
    [['new', 'T1562.006']],
  );
});

test('what shares an address or a user within an hour is one incident, what does not is another', async () => {
  const { take, incidents, alerts } = guard();
  await take((log) => {
    fail(12, 'alice')(log);
    log.login('alice', ATTACKER);
    log.wait(3);
    log.sudo('alice', '/usr/bin/cat /etc/shadow');
    for (let n = 0; n < 6; n += 1) log.failed('root', '198.51.100.9', true);
  });
  assert.equal(incidents.size, 2);
  const [first, second] = [...incidents.values()].toSorted((a, b) => b.score - a.score);
  assert.equal(first?.risk, 'CRITICAL');
  assert.match(first?.title ?? '', /^An attack in \d steps: guessing or reading passwords, .*becoming root/);
  assert.deepEqual(second?.subjects, [{ kind: 'address', name: '198.51.100.9' }]);
  assert.equal(second?.title, '6 failed logins for root from 198.51.100.9 within 5 minutes.');
  const later = await take((log) => {
    log.wait(3700);
    fail(6, 'alice')(log);
  });
  assert.equal(incidents.size, 3);
  assert.equal(later.raised.length, 1);
  assert.equal([...alerts.values()].filter(({ incident }) => incident === first?.id).length, first?.alerts);
});

test('that somebody tries a name is nothing that its owner has to do with', async () => {
  const { take, incidents } = guard();
  await take((log) => {
    fail(8, 'alice')(log);
    log.sudoRefused('alice', 3);
  });
  assert.equal(incidents.size, 2);
});

test('what was acknowledged is news again when it goes on', async () => {
  const { core, take } = guard();
  await take(fail(6));
  assert.equal(core.incidents.acknowledge(1, 123)?.acknowledgedMs, 123);
  assert.equal(core.incidents.acknowledge(9, 123), null);
  assert.equal((await take(fail(1))).incidents[0]?.acknowledgedMs, 123);
  assert.equal((await take(fail(10))).incidents[0]?.acknowledgedMs, null);
});

test('the reasons of an alert are the score, and its lines the first and the last', async () => {
  const { take, alerts } = guard();
  await take(fail(40));
  const alert = alerts.get(1);
  assert.ok(alert !== undefined);
  const sum = alert.reasons.reduce((all, { points }) => all + points, 0);
  assert.ok(Math.abs(sum - alert.score) < 0.01, `${sum} of ${alert.score}`);
  assert.deepEqual(alert.reasons[0], {
    words: 'failed logins from the address in the window',
    value: '40',
    usual: null,
    points: alert.score / 3,
  });
  assert.ok(
    alert.lines.length <= 10 && alert.lines[0]?.includes('sshd[1001]') && alert.lines.at(-1)?.includes('sshd[1040]'),
  );
});

test('responses: commands with their undo, and never a name that could be more than one', async () => {
  const { take, alerts } = guard();
  await take((log) => {
    fail(12, 'alice')(log);
    log.login('alice', ATTACKER);
  });
  const commands = responsesFor([...alerts.values()]).map(({ command, undo }) => [command, undo]);
  assert.deepEqual(commands, [
    [`sudo iptables -I INPUT -s ${ATTACKER} -j DROP`, `sudo iptables -D INPUT -s ${ATTACKER} -j DROP`],
    ['sudo loginctl terminate-user alice', null],
    ['sudo usermod --lock --expiredate 1 alice', "sudo usermod --unlock --expiredate '' alice"],
  ]);
  const [alert] = alerts.values();
  assert.ok(alert !== undefined);
  const like = (user: string, address: string): readonly string[] =>
    responsesFor([{ ...alert, score: 0.9, user, address, ties: [`user ${user}`] }]).map(({ command }) => command);
  for (const hostile of ['x; rm -rf /', '$(id)', 'a b', '-rf', 'root', "a'b", 'a\nb', '`id`', 'ü', 'a'.repeat(40)])
    assert.deepEqual(like(hostile, 'evil.example.org'), [], hostile);
  assert.deepEqual(like('bob', '2001:db8::1').length, 3);
  assert.deepEqual(like('-x', '127.0.0.1'), []);
  assert.deepEqual(like('-x', '::1'), []);
  // Whose name was only tried has done nothing.
  assert.deepEqual(responsesFor([{ ...alert, score: 0.9, user: 'bob', address: null, ties: [] }]), []);
  assert.deepEqual(responsesFor([{ ...alert, score: 0.5 }]), []);
});

test('an interruption for HIGH and CRITICAL, without markup', () => {
  const incident: GuardIncident = {
    ...{
      id: 3,
      firstMs: 1,
      lastMs: 2,
      risk: 'CRITICAL',
      score: 0.95,
      title: '<b>x</b> & y',
      tactics: [],
      techniques: [],
      subjects: [],
      alerts: 1,
    },
    ...{ acknowledgedMs: null, ties: [], stages: {}, members: [] },
  };
  assert.deepEqual(alertNotification(incident), {
    ...{
      title: 'This machine is being attacked',
      body: ' b x /b    y',
      urgency: 'critical',
      link: '#/guard?incident=3',
    },
  });
  assert.equal(alertNotification({ ...incident, risk: 'HIGH' })?.urgency, 'normal');
  assert.equal(alertNotification({ ...incident, risk: 'MEDIUM' }), null);
});

test('a report is plain text, whatever the log held', async () => {
  const { take, alerts, incidents } = guard();
  await take((log) => {
    for (let n = 0; n < 12; n += 1) log.failed('\u001b[31mroot\u202Efrom', ATTACKER);
  });
  const [incident] = incidents.values();
  assert.ok(incident !== undefined);
  const all = [...alerts.values()];
  const lines = linesOf(all);
  const report = incidentReport({
    ...{ incident, alerts: all, lines, lineCount: lines.length, responses: responsesFor(all) },
  });
  assert.match(report[0] ?? '', /^Incident 1: \w+, score 0\.\d\d$/);
  assert.ok(report.includes('Timeline') && report.includes('Lines of the log'));
  assert.ok(
    report.every((line) => !/[\p{Cc}\p{Cf}]/u.test(line)),
    report.join('\n'),
  );
});
