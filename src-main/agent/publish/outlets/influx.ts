// The way to a time-series database as a part of the agent: there when the settings name one, and nothing at all when they do not. In: the
// settings, and the tap. Out: how it stands.
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { InfluxView, RejectedBatch, UserSettings } from '../../../../src-preload/contract.ts';
import { SYSTEM_ALARM } from '../../collect/keep-running.ts';
import type { Cipher } from '../../store/cipher.ts';
import { readSecret } from '../secret-text.ts';
import { keepInStep, named } from './in-step.ts';
import { createInfluxOutlet } from './influx-outlet.ts';
import { sendLines, travelsInPlain } from './influx-send.ts';
import { REJECTED_FOLDER, WAITING_FOLDER } from './outlet-folders.ts';
import { openSpool } from './spool.ts';
import type { Tap } from './tap.ts';

export interface Influx {
  /** Puts the settings in force into effect. Never rejects: what can't be had is in `view`. */
  readonly apply: () => Promise<void>;
  readonly view: () => InfluxView;
  readonly rejected: () => readonly RejectedBatch[];
  readonly stop: () => Promise<void>;
}

export interface InfluxOptions {
  readonly settings: () => UserSettings['influx'];
  readonly dataDir: string;
  readonly cipher: Cipher;
  readonly tap: Pick<Tap, 'listen'>;
  readonly notice: (about: string, text: string | null) => void;
}

const MIB = 2 ** 20;
const REJECTED_MIB = 4;
const NOTHING: Omit<InfluxView, 'wanted'> = {
  ...{ status: 'off', reason: null, fix: null, sent: 0, lastSentMs: null, waitingBytes: 0, dropped: 0, rejected: 0 },
  rejection: null,
};

export function createInflux({ settings, dataDir, cipher, tap, notice }: InfluxOptions): Influx {
  function begin({ url, org, bucket, tokenFile, spoolMiB }: UserSettings['influx'] & { readonly url: string }) {
    const file = tokenFile ?? join(dataDir, 'influx-token');
    notice('influx-plain', travelsInPlain(url) ? PLAIN : null);
    const outlet = createInfluxOutlet({
      tags: { host: hostname(), user: userInfo().username },
      send: async (body, signal) => {
        const token = readSecret(file, { what: 'the token', of: 'the database', wanted: tokenFile !== null });
        if (typeof token === 'object' && token !== null) return { kind: 'refused', ...token };
        return await sendLines(body, { url, org, bucket, token }, signal);
      },
      spool: openSpool(join(dataDir, WAITING_FOLDER), cipher, spoolMiB * MIB),
      rejected: openSpool(join(dataDir, REJECTED_FOLDER), cipher, REJECTED_MIB * MIB),
      alarm: SYSTEM_ALARM,
      random: Math.random,
      notice: (text) => notice('influx', text),
    });
    const deafen = tap.listen(outlet.take);
    return {
      outlet,
      stop: async (): Promise<void> => {
        deafen();
        await outlet.stop();
      },
    };
  }
  const { apply, running, trouble, stop } = keepInStep({
    ...{ settings: () => named(settings()), begin },
    cleared: () => {
      for (const about of ['influx', 'influx-plain']) notice(about, null);
    },
    failed: (message) => notice('influx', `Nothing can be sent to the database: ${message}`),
  });
  return {
    ...{ apply, stop },
    view: () => {
      const now = running()?.outlet.view() ?? NOTHING;
      const wanted = settings().url !== null;
      const reason = trouble();
      if (reason === null) return { ...now, wanted };
      return { ...now, wanted, status: 'refused', reason, fix: 'Look at the data folder.' };
    },
    rejected: () => running()?.outlet.rejected() ?? [],
  };
}

const PLAIN =
  'What goes to the database can be read on its way: give it an address that begins with https:// (Settings, Database).';
