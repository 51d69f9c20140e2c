// The API: on or off, where it listens, and what that means.
import type { SettingsView } from '../../../src-preload/contract.ts';
import { apiWanted } from '../../../src-preload/contract.ts';
import { apiAbility, defaultOf, readNumber } from '../../settings-form.ts';
import { GroupPanel, resetOf } from './group-panel.tsx';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';
import { useGroup } from './use-group.ts';

export function Api({ view: { settings, host, api } }: { readonly view: SettingsView }) {
  const group = useGroup('api', settings);
  const { value, outcome, save, refuse } = group;
  const changePort = (typed: string): void => {
    const port = typed.trim() === '' ? null : readNumber(typed);
    if (port === null && typed.trim() !== '') refuse('port', 'must be a number.');
    else save('port', { ...value, port });
  };
  return (
    <GroupPanel
      id="api"
      title="API"
      intro="Other programs can read over HTTP what this page shows, Prometheus among them. Each request must carry the token, which “seclyzer api token” prints."
      outcomes={[outcome]}
      reset={resetOf('api', group, settings)}
    >
      <Switch
        field="enabled"
        title="Serve the API"
        effect={
          api.url === null
            ? 'Off, no port is open for it.'
            : `It listens at ${api.url}; its documentation is at ${api.url}/docs/.`
        }
        on={apiWanted({ ...settings, api: value }, host)}
        byDefault={apiWanted({ ...settings, api: defaultOf('api') }, host)}
        outcome={outcome}
        ability={apiAbility(api)}
        change={(enabled) => save('enabled', { ...value, enabled })}
      />
      {api.wanted && (
        <>
          <TextField
            field="port"
            title="Port"
            effect="Empty: 47700, or the next one that is free. Default: empty."
            placeholder="47700"
            value={value.port === null ? '' : String(value.port)}
            outcome={outcome}
            change={changePort}
          />
          <TextField
            field="address"
            title="Address"
            effect={`127.0.0.1 serves this machine alone. With any other, whoever is in that network can read along, for nothing encrypts it. Default: ${defaultOf('api').address}.`}
            value={value.address}
            outcome={outcome}
            change={(typed) => save('address', { ...value, address: typed.trim() })}
          />
        </>
      )}
    </GroupPanel>
  );
}
