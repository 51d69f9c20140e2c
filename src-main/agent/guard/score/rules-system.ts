// What is done to accounts, to the log and to what protects the machine.
import type { Scene } from '../features/watch.ts';
import { type Rule, type Subject } from './rule.ts';
import { shown, theUser } from './rules-guessing.ts';

/** Whose doing it was, where that is known; else the account itself. */
const doer = ({ event, session }: Scene): Subject => ({
  kind: 'user',
  name: session?.user ?? event.user ?? event.target ?? 'unknown',
});
const by = ({ session, event }: Scene): string => {
  const user = session?.user ?? event.user;
  return user === null || user === undefined ? '' : `, probably by ${shown(user)}`;
};

export const accountAdded: Rule = {
  name: 'new account',
  technique: 'T1136.001',
  on: ['account-added'],
  threshold: 'every account of a person; MEDIUM after an odd login; HIGH with number 0, which is root by another name',
  why: 'Rare on a desktop, and the usual way to come back. Packages make accounts below 1000 for services: those are no finding.',
  look: (scene) => {
    const { event, session } = scene;
    const uid = Number(event.detail ?? NaN);
    if (event.target === null || (uid > 0 && uid < 1000)) return null;
    const odd = (session?.suspicion ?? 0) >= 0.4;
    return {
      strength: uid === 0 ? 0.86 : odd ? 0.75 : 0.45,
      subject: doer(scene),
      words: `the account ${shown(event.target)} was made${uid === 0 ? ' with the number of root' : ''}${by(scene)}`,
      count: 1,
      features: ['accountChanges'],
    };
  },
};

/** Groups that are as good as root, or that read what is not theirs. */
const POWERFUL = new Set([
  'sudo',
  'wheel',
  'admin',
  'root',
  'adm',
  'docker',
  'lxd',
  'disk',
  'shadow',
  'libvirt',
  'systemd-journal',
  'kvm',
]);

export const groupJoined: Rule = {
  name: 'powerful group',
  technique: 'T1098.007',
  on: ['group-joined'],
  threshold: `joining one of ${[...POWERFUL].join(', ')}`,
  why: 'Each of them leads to root, or to what only root should read (Debian wiki, SystemGroups).',
  look: (scene) => {
    const { event, session } = scene;
    if (event.target === null || !POWERFUL.has(event.detail ?? '')) return null;
    return {
      strength: (session?.suspicion ?? 0) >= 0.4 ? 0.82 : 0.6,
      subject: doer(scene),
      words: `${theUser(event.target)} joined the group ${event.detail ?? ''}${by(scene)}`,
      count: 1,
      features: ['accountChanges'],
    };
  },
};

export const accountChanged: Rule = {
  name: 'changed account',
  technique: 'T1098',
  on: ['account-changed', 'password-changed'],
  threshold: "root's password; an account that is given the number of root; any change after an odd login",
  why: 'People change their own passwords; the rest is administration, and worth a look where the login before it was odd.',
  look: (scene) => {
    const { event, session } = scene;
    if (event.target === null) return null;
    const odd = (session?.suspicion ?? 0) >= 0.4;
    const becomesRoot = event.kind === 'account-changed' && event.detail === '0';
    const strength = becomesRoot
      ? 0.9
      : odd
        ? 0.7
        : event.kind === 'password-changed' && event.target === 'root'
          ? 0.55
          : 0;
    if (strength === 0) return null;
    const what = becomesRoot
      ? `${theUser(event.target)} was given the number of root`
      : `the ${event.kind === 'password-changed' ? 'password' : 'account'} of ${shown(event.target)} was changed`;
    return { strength, subject: doer(scene), words: `${what}${by(scene)}`, count: 1, features: ['accountChanges'] };
  },
};

export const accountRemoved: Rule = {
  name: 'removed account',
  technique: 'T1531',
  on: ['account-removed'],
  threshold: 'an account removed after an odd login',
  why: 'Ordinary administration otherwise.',
  look: (scene) =>
    scene.event.target === null || (scene.session?.suspicion ?? 0) < 0.4
      ? null
      : {
          strength: 0.6,
          subject: doer(scene),
          words: `the account ${shown(scene.event.target)} was removed${by(scene)}`,
          count: 1,
          features: ['accountChanges'],
        },
};

export const protectionStopped: Rule = {
  name: 'protection stopped',
  technique: 'T1562.006',
  on: ['protection-stopped'],
  threshold:
    'what writes the log or guards the machine was stopped, is not back after a minute, and the machine was not shut down',
  why: 'Updates restart them within seconds. MEDIUM: administrators stop them too.',
  look: ({ event }) => ({
    technique: LOG_WRITERS.has(event.detail ?? '')
      ? 'T1562.006'
      : AUDIT.has(event.detail ?? '')
        ? 'T1562.012'
        : 'T1562.001',
    strength: 0.68,
    subject: { kind: 'host', name: event.detail ?? 'protection' },
    words: `${event.detail ?? 'protection'} was stopped and did not come back`,
    count: 1,
    features: [],
  }),
};

const LOG_WRITERS = new Set(['rsyslog', 'syslog-ng', 'syslog', 'systemd-journald']);
const AUDIT = new Set(['auditd', 'audit rules']);

export const logCleared: Rule = {
  name: 'log cleared',
  technique: 'T1070.002',
  on: ['log-cleared'],
  threshold: 'a log that is shorter than what was read of it, gone or edited, while no rotated copy of it exists',
  why: 'Rotation keeps what it moves (logrotate keeps four weeks on Debian); what is lost without a copy was meant to be.',
  look: ({ event }) => ({
    strength: 0.85,
    subject: { kind: 'host', name: event.target ?? 'log' },
    words: event.detail ?? 'the log was cleared',
    count: 1,
    features: [],
  }),
};

export const forgedEntry: Rule = {
  name: 'forged entry',
  technique: 'T1036',
  on: ['forged'],
  threshold: 'an entry that says it is from a program that did not write it, or a name that imitates a line of the log',
  why: 'The journal knows who has written an entry (its fields with an underscore); nobody imitates the log by mistake.',
  look: ({ event }) => ({
    strength: event.user === null ? 0.5 : 0.75,
    subject: event.user === null ? { kind: 'host', name: 'forged entries' } : { kind: 'user', name: event.user },
    words: event.detail ?? 'an entry of the log was forged',
    count: event.count,
    features: [],
  }),
};

export const promiscuous: Rule = {
  name: 'network card listens to everything',
  technique: 'T1040',
  on: ['promiscuous'],
  threshold: 'a network card that becomes promiscuous',
  why: 'Sniffers do that; so do virtual machines and containers, whose devices (veth, docker, br, virbr, tap, vnet) do not count.',
  look: ({ event }) =>
    /^(?:veth|docker|br-?|virbr|tap|vnet|lxc|cali|cni|flannel)/.test(event.detail ?? '')
      ? null
      : {
          strength: 0.45,
          subject: { kind: 'host', name: `network card ${event.detail ?? ''}` },
          words: `the network card ${event.detail ?? ''} was told to listen to everything`,
          count: 1,
          features: [],
        },
};

export const scheduleChanged: Rule = {
  name: 'changed schedule',
  technique: 'T1053.003',
  on: ['schedule-changed'],
  threshold: 'a table of periodic commands replaced after an odd login',
  why: 'Ordinary otherwise; after an odd login it is a way to come back.',
  look: ({ event, session }) =>
    event.user === null || (session?.suspicion ?? 0) < 0.4
      ? null
      : {
          strength: 0.62,
          subject: { kind: 'user', name: event.user },
          words: `${theUser(event.user)} replaced the periodic commands of ${shown(event.target ?? event.user)}`,
          count: 1,
          features: [],
        },
};
