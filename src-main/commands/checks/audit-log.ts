// A data folder in, whether its audit log is whole out: verified now, by the agent where it runs and has the key.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogReport } from '../../../src-preload/contract.ts';
import { createCipher } from '../../agent/store/cipher.ts';
import { dataKeyAtHand } from '../../agent/store/data-key.ts';
import { verifyFile } from '../../agent/store/audit-log/verify-file.ts';
import { STORE_FILE } from '../../agent/store/open-store.ts';
import { messageOf } from '../../agent/thrown.ts';
import { linkToAgent } from '../agent-link.ts';
import type { InForce } from '../settings-in-force.ts';
import type { Check } from './capability.ts';

const MORE = 'seclyzer data verify says more. What it holds can still be read: seclyzer data export';

export const auditLog =
  (dataDir: string, version: string, inForce: () => Promise<InForce>): Check =>
  async () => {
    const path = join(dataDir, STORE_FILE);
    if (!existsSync(path)) return { state: 'works', detail: 'begins with the first start', fix: null };
    let report: LogReport;
    try {
      report = await verify(path, { dataDir, version, runs: (await inForce()).view !== null });
    } catch (error) {
      return { state: 'missing', detail: `it can't be verified: ${messageOf(error)}`, fix: MORE };
    }
    if (!report.withKey && dataKeyAtHand(dataDir) === 'none')
      return { state: 'missing', detail: `its key is not in ${dataDir}`, fix: 'Put data.key back from a backup.' };
    const { whole, withKey, entries, sentences, breaks, replay } = report;
    if (!whole) return { state: 'missing', detail: breaks[0]?.text ?? sentences[0] ?? 'it is not whole', fix: MORE };
    if ((replay?.different ?? 0) > 0)
      return { state: 'partly', detail: replay?.differences[0]?.text ?? 'decisions come out otherwise', fix: MORE };
    const found = `whole, ${entries.toLocaleString('en-US')} ${entries === 1 ? 'entry' : 'entries'}`;
    if (withKey) return { state: 'works', detail: `${found}, verified just now`, fix: null };
    return {
      ...{ state: 'partly', detail: `${found}; without the key, which lies in the keyring, no forger would be found` },
      fix: 'Start SecLyzer and ask again.',
    };
  };

async function verify(
  path: string,
  { dataDir, version, runs }: { readonly dataDir: string; readonly version: string; readonly runs: boolean },
): Promise<LogReport> {
  if (runs) return (await linkToAgent(dataDir)).call('verifyLog', {});
  const key = dataKeyAtHand(dataDir);
  return verifyFile(path, typeof key === 'string' ? null : createCipher(key), { version });
}
