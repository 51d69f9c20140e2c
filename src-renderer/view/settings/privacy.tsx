// What is kept, what never, where, how much of it, and how it is protected: before any setting.
import type { SettingsView } from '../../../src-preload/contract.ts';
import { AuditLog } from './audit-log.tsx';
import { bytesWords } from '../../kept-words.ts';
import { DeleteDeed } from './delete-deed.tsx';
import { ExportDeed } from './export-deed.tsx';
import { KeptTable } from './kept-table.tsx';
import { useKept } from './use-kept.ts';

const BYTES_PER_MIB = 2 ** 20;

/** What of it may be read from elsewhere. */
const abroad = ({ settings, api, influx, redis }: SettingsView): string => {
  const served = api.wanted && !['127.0.0.1', '::1'].includes(settings.api.address);
  const ways = [
    ...(served ? [`what the API tells at ${settings.api.address} to whoever has its token`] : []),
    ...(influx.wanted ? ['what goes to your database'] : []),
    ...(redis.wanted ? ['what goes to your Redis'] : []),
  ];
  return ways.length === 0 ? '' : `, but for ${ways.join(' and ')}`;
};

export function Privacy({ view }: { readonly view: SettingsView }) {
  const { storage, settings, host } = view;
  const kept = useKept();
  const usedBytes = kept.data?.totalBytes ?? storage.usedMiB * BYTES_PER_MIB;
  return (
    <section className="panel privacy" aria-labelledby="privacy-title">
      <h2 id="privacy-title">Privacy</h2>
      <KeptTable kept={kept} settings={settings} />
      <ExportDeed kept={kept} host={host} />
      <DeleteDeed kept={kept} />
      <div className="privacy-parts">
        <div>
          <h3>What is kept of typing and mouse</h3>
          <p>
            Of typing: how often single keys and frequent pairs of them came, and some of their times, in no order. Of
            the mouse: figures about each quarter minute of its use. Of writing, where you turn it on: 12 figures for
            each stretch of 60 words. Of applications: their names and which follows which.
          </p>
        </div>
        <div>
          <h3>What never is</h3>
          <p>
            The text that you type, window titles, anything on your screen. Nothing leaves this machine{abroad(view)}.
          </p>
        </div>
        <div>
          <h3>Where</h3>
          <p>
            {bytesWords(usedBytes)} in <span className="path">{storage.folder}</span>
          </p>
        </div>
        <div>
          <h3>How it is protected</h3>
          <p>{storage.keySentence}</p>
        </div>
        <AuditLog sentence={storage.logSentence} />
      </div>
    </section>
  );
}
