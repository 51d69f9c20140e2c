// How the log guard is doing: what it reads and how much of it, what it knows of the usual, or why it can't and what to do; its switch.
import type { GuardStatus, UserSettings } from '../../../src-preload/contract.ts';
import { counted, quantity } from '../../format.ts';
import { isBlind, learningSentence, lossSentences, standingOf } from '../../guard-words.ts';
import type { Standing } from '../../guard-words.ts';
import { defaultOf } from '../../settings-form.ts';
import { fetchSettings, useDashboard } from '../../state.ts';
import { Command } from '../command.tsx';
import { Meter } from '../meter.tsx';
import { Switch } from '../settings/switch.tsx';
import { useGroup } from '../settings/use-group.ts';
import { SignWord } from '../sign.tsx';
import { Ago } from '../time.tsx';
import { useFresh } from '../use-fresh.ts';
import { useNowMs } from '../use-now.ts';
import { Visible } from '../visible.tsx';
import { useGuardStatus } from './use-guard-status.ts';

const Source = ({ standing: { sign, sentence, fix, command } }: { readonly standing: Standing }) => (
  <li className="guard-source">
    <SignWord sign={sign} />
    <div>
      {(sentence !== '' || fix !== null) && (
        <p>
          {sentence} {fix}
        </p>
      )}
      {command !== null && <Command command={command} label="Copy the command that lets it read the log" />}
    </div>
  </li>
);

function Figures({ status }: { readonly status: GuardStatus }) {
  const { lines, linesLastMinute, unparsed } = status;
  const shown = (value: number): string => (isBlind(status) ? '—' : quantity(value));
  return (
    <dl className="guard-figures">
      <div>
        <dt>lines a minute</dt>
        <dd>{shown(linesLastMinute)}</dd>
      </div>
      <div>
        <dt>lines read</dt>
        <dd>{shown(lines)}</dd>
      </div>
      <div>
        <dt>not understood</dt>
        <dd>{shown(unparsed)}</dd>
      </div>
    </dl>
  );
}

/** Which programs wrote what nothing was made of: most of it is no business of the guard. */
const Unknown = ({ status: { unknown } }: { readonly status: GuardStatus }) => (
  <ul className="plain guard-unknown" aria-label="Lines that were not understood, by program">
    {unknown.map(({ program, lines }) => (
      <li key={program}>
        <Visible text={program} /> <span className="quiet">{counted(lines, 'line')} not understood</span>
      </li>
    ))}
  </ul>
);

function Usual({ status }: { readonly status: GuardStatus }) {
  const { have, need, trainedMs } = status.baseline;
  const nowMs = useNowMs();
  const text =
    trainedMs === null ? `${quantity(Math.min(have, need))} of ${counted(need, 'event')}` : counted(have, 'event');
  return (
    <div className="guard-usual">
      <h3>What is usual on this machine</h3>
      <Meter
        label="What is usual on this machine"
        have={trainedMs === null ? have : 1}
        need={trainedMs === null ? need : 1}
        text={text}
      >
        {text}
      </Meter>
      <p className="quiet">
        {trainedMs === null ? (
          learningSentence(status)
        ) : (
          <>
            Learned anew <Ago atMs={trainedMs} nowMs={nowMs} />.
          </>
        )}
      </p>
    </div>
  );
}

function Enabled({ settings }: { readonly settings: UserSettings }) {
  const group = useGroup('guard', settings);
  return (
    <Switch
      field="enabled"
      title="Read the log of this machine"
      effect="Finds attacks in what the system writes down of logins, sudo and accounts."
      on={group.value.enabled}
      byDefault={defaultOf('guard').enabled}
      outcome={group.outcome}
      change={(enabled) => group.save('enabled', { ...group.value, enabled })}
    />
  );
}

export function GuardPanel() {
  const { status, trouble } = useGuardStatus();
  const unsettled = useFresh(fetchSettings);
  const settings = useDashboard((known) => known.settings?.settings ?? null);
  const on = settings?.guard.enabled ?? null;
  return (
    <section className="panel guard-state" aria-labelledby="guard-state-title">
      <h2 id="guard-state-title">How it is doing</h2>
      {status === null ? (
        <p className="quiet guard-waiting">{trouble ?? 'Asking the log guard.'}</p>
      ) : (
        <div className="guard-parts">
          <ul className="plain guard-sources">
            {standingOf(status, on).map((standing) => (
              <Source key={`${standing.sign.word} ${standing.sentence}`} standing={standing} />
            ))}
          </ul>
          <Figures status={status} />
          {on !== false && <Usual status={status} />}
        </div>
      )}
      {status !== null && lossSentences(status).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {status !== null && trouble !== null && <p className="trouble">{trouble}</p>}
      {unsettled !== null && <p className="trouble">{unsettled}</p>}
      {settings !== null && on === false && <Enabled settings={settings} />}
      {on !== false && (
        <details>
          <summary>Details, and the switch to turn it off</summary>
          {status !== null && status.unknown.length > 0 && <Unknown status={status} />}
          {settings !== null && <Enabled settings={settings} />}
        </details>
      )}
    </section>
  );
}
