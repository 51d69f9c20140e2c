// Everything that is kept, had out with one button: in a browser as a download, in the window as a file among the user's downloads.
import { useState } from 'react';
import type { SettingsView } from '../../../src-preload/contract.ts';
import { bytesWords } from '../../kept-words.ts';
import { useAction } from '../use-action.ts';
import { useClient } from '../use-client.ts';
import { AgentFields } from './agent-fields.tsx';
import type { Kept } from './use-kept.ts';

interface ExportDeedProps {
  readonly kept: Kept;
  readonly host: SettingsView['host'];
}

export function ExportDeed({ kept, host }: ExportDeedProps) {
  const client = useClient();
  const [said, setSaid] = useState('');
  const save = useAction(async () => {
    setSaid('');
    const { path, bytes } = await client.call('exportFile', { fromMs: null, toMs: null });
    setSaid(`Written: ${path}, ${bytesWords(bytes)}.`);
  });
  const refusal = kept.data?.exportRefusal ?? null;
  return (
    <AgentFields>
      <div className="deed">
        <div>
          <h3>Export</h3>
          <p className="quiet">
            Everything above as one JSON file, compressed. It is not sealed: whoever has the file can read it.
          </p>
          {refusal !== null && <p className="setting-unavailable">{refusal}</p>}
          <p className="path" role="status">
            {said}
          </p>
          {save.trouble !== null && <p className="trouble">{save.trouble}</p>}
        </div>
        {host === 'browser' && refusal === null ? (
          <a className="button" href="/export" download>
            Export
          </a>
        ) : (
          <button type="button" className="button" disabled={save.busy || refusal !== null} onClick={save.run}>
            {save.busy ? 'Exporting' : 'Export'}
          </button>
        )}
      </div>
    </AgentFields>
  );
}
