// The privileged helper: counts system calls as root and tells those who may read. In: where its socket lies. Out: one message a second to
// its readers, and to whoever runs it.
import { readFileSync } from 'node:fs';
import { GROUP, type HelperMessage } from '../agent/collect/syscalls/wire.ts';
import { listenForReaders } from './broadcast.ts';
import { keepCounting } from './counter.ts';
import { chooseTool } from './requirements.ts';
import { startTool } from './tool-run.ts';

export interface HelperTask {
  readonly socketFile: string;
  /** Counted is this process alone; null: all. */
  readonly pid: number | null;
  readonly message: (message: HelperMessage) => void;
  readonly said: (words: string) => void;
}

export interface Helper {
  readonly stop: () => Promise<void>;
}

/** @throws Error when there can be no socket. What keeps it from counting is told as a message, for it may pass. */
export async function startHelper({ socketFile, pid, message, said }: HelperTask): Promise<Helper> {
  const gid = readersGroup();
  const broadcast = await listenForReaders({ socketFile, gid });
  said(
    gid === null
      ? `readers: root alone, for there is no group ${GROUP}; ${socketFile}`
      : `readers: members of the group ${GROUP}; ${socketFile}`,
  );
  let malformedLines = 0;
  const tell = (one: HelperMessage): void => {
    broadcast.send(one);
    message(one);
  };
  const end = keepCounting(
    { choose: (without) => chooseTool(pid, undefined, without), start: startTool },
    {
      reading: (reading) => tell({ kind: 'reading', reading, droppedReaders: broadcast.dropped(), malformedLines }),
      unavailable: ({ reason, fix }) => tell({ kind: 'unavailable', reason, fix }),
      malformed: () => void (malformedLines += 1),
      said,
    },
  );
  return {
    stop: async () => {
      end();
      await broadcast.close();
    },
  };
}

/** null where there is no such group: local files, as groups that a service needs at its start must be. */
export function readersGroup(groupFile = '/etc/group'): number | null {
  const lines = readFileSync(groupFile, 'utf8').split('\n');
  const [, , gid = ''] = lines.map((line) => line.split(':')).find(([name]) => name === GROUP) ?? [];
  return /^\d+$/.test(gid) ? Number(gid) : null;
}
