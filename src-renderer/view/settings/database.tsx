// The way to a time-series database: where it is, and what becomes of what goes there.
import type { SettingsView } from '../../../src-preload/contract.ts';
import { influxAbility, influxSentence } from '../../influx-words.ts';
import { defaultOf, readNumber } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';

export function Database({ view: { settings, influx } }: { readonly view: SettingsView }) {
  const group = useGroup('influx', settings);
  const { value, outcome, save, refuse } = group;
  const changeRoom = (typed: string): void => {
    const spoolMiB = readNumber(typed);
    if (spoolMiB === null) refuse('spoolMiB', 'must be a number.');
    else save('spoolMiB', { ...value, spoolMiB });
  };
  return (
    <GroupPanel
      id="influx"
      title="Database"
      intro="A time-series database of yours can have the figures of your typing and mouse, names of applications, scores and changes of state, once a second: InfluxDB, VictoriaMetrics or one like them. No keys, titles or text."
      outcomes={[outcome]}
      reset={resetOf('influx', group, settings)}
    >
      <TextField
        field="url"
        long
        title="Address"
        effect={influxSentence(influx)}
        placeholder="https://db.example:8086"
        value={value.url ?? ''}
        outcome={outcome}
        ability={influxAbility(influx)}
        change={(typed) => save('url', { ...value, url: typed.trim() === '' ? null : typed.trim() })}
      />
      {value.url !== null && (
        <>
          <TextField
            field="bucket"
            title="Bucket"
            effect={`Default: ${defaultOf('influx').bucket}.`}
            value={value.bucket}
            outcome={outcome}
            change={(typed) => save('bucket', { ...value, bucket: typed.trim() })}
          />
          <TextField
            field="org"
            title="Organisation"
            effect="Of InfluxDB 2; others need none. Default: empty."
            value={value.org}
            outcome={outcome}
            change={(typed) => save('org', { ...value, org: typed.trim() })}
          />
          <TextField
            field="tokenFile"
            long
            title="File of the token"
            effect="For its owner alone. Empty: influx-token in the data folder, and no token where there is no such file."
            placeholder="influx-token"
            value={value.tokenFile ?? ''}
            outcome={outcome}
            change={(typed) => save('tokenFile', { ...value, tokenFile: typed.trim() === '' ? null : typed.trim() })}
          />
          <TextField
            field="spoolMiB"
            title="Room to wait in"
            unit="MiB"
            effect={`What the database can't take waits on the disk; beyond this the oldest is let go. Default: ${defaultOf('influx').spoolMiB}.`}
            value={String(value.spoolMiB)}
            outcome={outcome}
            change={changeRoom}
          />
        </>
      )}
    </GroupPanel>
  );
}
