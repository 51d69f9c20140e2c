// A network of its own for the servers, in which packets get lost: the kernel drops a share of them at random (nftables), as a bad line does.
// Needs root, `ip` and `nft`; where one is missing the servers run beside the agent and nothing is lost, which is said.
import { spawnSync } from 'node:child_process';

export interface OutageNetwork {
  /** What a program is started with in it. */
  readonly inside: readonly string[];
  /** Where what runs in it is reached. */
  readonly host: string;
  /** A share from 0 to 1, each way; null where it can't be had, see `why`. */
  readonly lose: ((share: number) => void) | null;
  readonly why: string | null;
  readonly close: () => void;
}

const ran = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;

const beside = (why: string): OutageNetwork => ({
  ...{ inside: [], host: '127.0.0.1', lose: null, why, close: () => undefined },
});

export function openOutageNetwork(id: number): OutageNetwork {
  const [name, near, far] = [`seclyzer${id}`, `sln${id}`, `slf${id}`];
  const [host, own] = [`10.213.${id % 250}.2`, `10.213.${id % 250}.1`];
  if (!ran('ip', 'netns', 'add', name)) return beside('no network namespace can be made (root is needed)');
  const inside = ['ip', 'netns', 'exec', name];
  const close = (): void => {
    ran('ip', 'link', 'del', near);
    ran('ip', 'netns', 'del', name);
  };
  const steps: readonly (readonly string[])[] = [
    ['link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name],
    ['addr', 'add', `${own}/30`, 'dev', near],
    ['link', 'set', near, 'up'],
    ['-n', name, 'addr', 'add', `${host}/30`, 'dev', far],
    ['-n', name, 'link', 'set', far, 'up'],
    ['-n', name, 'link', 'set', 'lo', 'up'],
  ];
  const failed = steps.find((args) => !ran('ip', ...args));
  if (failed !== undefined) {
    close();
    return beside(`no network between the two can be made (ip ${failed.join(' ')})`);
  }
  const nft = (words: string): boolean => ran('ip', 'netns', 'exec', name, 'nft', words);
  const hooks = ['input', 'output'];
  const isReady =
    nft('add table inet loss') &&
    hooks.every((hook) => nft(`add chain inet loss ${hook} { type filter hook ${hook} priority 0; }`));
  const lose = (share: number): void => {
    nft('flush table inet loss');
    if (share === 0) return;
    for (const hook of hooks)
      if (!nft(`add rule inet loss ${hook} numgen random mod 1000 < ${Math.round(share * 1000)} drop`))
        throw new Error('nft does not drop packets');
  };
  return { inside, host, lose: isReady ? lose : null, why: isReady ? null : 'nft is not installed', close };
}
