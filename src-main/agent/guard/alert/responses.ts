// An incident's alerts in, what somebody could do about them out: commands to read and to run by hand, each with the one that takes it
// back. The program never runs any of them.
// A name or address that an attacker has chosen must not become a command: only what can't be anything else is put into one.
import type { AlertResponse } from '../../../../src-preload/contract.ts';
import { isIpv4, isIpv6 } from '../parse/names.ts';
import type { GuardAlert } from './alert.ts';

/** What useradd accepts, less what a shell could take for something else. */
const ACCOUNT = /^[a-z_][a-z0-9_-]{0,31}$/;
const ADDRESS_V6 = /^[0-9a-f:]{2,45}$/;

const MOST_ADDRESSES = 5;
const MOST_USERS = 5;
/** Below this, blocking somebody does more harm than good. */
const ACT_FROM = 0.6;

export function responsesFor(alerts: readonly GuardAlert[]): AlertResponse[] {
  const worth = alerts.filter(({ score }) => score >= ACT_FROM);
  const addresses = [...new Set(worth.flatMap(({ address }) => (address === null ? [] : [address])))];
  const users = [...new Set(worth.flatMap(usersOf))];
  return [
    ...addresses.slice(0, MOST_ADDRESSES).flatMap(block),
    ...users.slice(0, MOST_USERS).flatMap((user) => [endSessions(user), lock(user)]),
    ...[...new Set(worth.flatMap(madeAccount))].slice(0, MOST_USERS).map(lockMade),
  ];
}

function block(address: string): AlertResponse[] {
  const v4 = isIpv4(address);
  if (!v4 && !(isIpv6(address) && ADDRESS_V6.test(address))) return [];
  // Blocking the machine's own addresses would break it, and stop nobody.
  if (address.startsWith('127.') || address === '::1') return [];
  const program = v4 ? 'iptables' : 'ip6tables';
  return [
    {
      what: `Block the address ${address} until the next start of the machine`,
      command: `sudo ${program} -I INPUT -s ${address} -j DROP`,
      undo: `sudo ${program} -D INPUT -s ${address} -j DROP`,
    },
  ];
}

/** Whoever logged in or became root: a name that was only tried has done nothing. */
function usersOf({ user, ties }: GuardAlert): string[] {
  return user !== null && ties.includes(`user ${user}`) && ACCOUNT.test(user) && user !== 'root' ? [user] : [];
}

const endSessions = (user: string): AlertResponse => ({
  what: `End all sessions of ${user}; unsaved work is lost`,
  command: `sudo loginctl terminate-user ${user}`,
  undo: null,
});

const lock = (user: string): AlertResponse => ({
  what: `Lock the account ${user}: no password or key opens it`,
  command: `sudo usermod --lock --expiredate 1 ${user}`,
  undo: `sudo usermod --unlock --expiredate '' ${user}`,
});

const MADE = /^The account ([a-z_][a-z0-9_-]{0,31}) was made\b/;

const madeAccount = ({ explanation, techniques }: GuardAlert): string[] => {
  const name = techniques[0]?.id === 'T1136.001' ? MADE.exec(explanation)?.[1] : undefined;
  return name === undefined ? [] : [name];
};

const lockMade = (user: string): AlertResponse => ({ ...lock(user), what: `Lock the new account ${user}` });
