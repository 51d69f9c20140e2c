// What is kept, what never, where, how much of it, and how it is protected: before any setting.
import type { SettingsView } from '../../../src-preload/contract.ts';
import { measure, quantity } from '../../format.ts';
import { AuditLog } from './audit-log.tsx';

/** What of it may be read from elsewhere. */
const abroad = ({ settings, api }: SettingsView): string =>
  !api.wanted || ['127.0.0.1', '::1'].includes(settings.api.address)
    ? ''
    : `, but for what the API tells at ${settings.api.address} to whoever has its token`;

export const Privacy = ({ view, view: { storage, settings } }: { readonly view: SettingsView }) => (
  <section className="panel privacy" aria-labelledby="privacy-title">
    <h2 id="privacy-title">Privacy</h2>
    <div className="privacy-parts">
      <div>
        <h3>What is kept</h3>
        <p>
          Of typing: how often single keys and frequent pairs of them came, and some of their times, in no order. Of the
          mouse: figures about each quarter minute of its use. Of writing, where you turn it on: 12 figures for each
          stretch of 60 words. Names of applications and which follows which; the models made of all this; scores,
          trust, decisions, the log and this machine’s figures of the last {quantity(settings.retention.historyDays)}{' '}
          days.
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
          {measure(storage.usedMiB)} MiB in <span className="path">{storage.folder}</span>
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
