// Lines of the log that show an incident. They stay with the agent until somebody asks for them, and leave the page when they are folded.
import { useState } from 'react';
import type { IncidentDetail } from '../../../src-preload/contract.ts';
import { counted } from '../../format.ts';
import { useClient } from '../use-client.ts';
import { useAction } from '../use-action.ts';
import { Trouble } from '../trouble.tsx';
import { Visible } from '../visible.tsx';

interface RawLinesProps {
  readonly incident: number;
  readonly count: number;
}

export function RawLines({ incident, count }: RawLinesProps) {
  const client = useClient();
  const [lines, setLines] = useState<IncidentDetail['lines'] | null>(null);
  const ask = useAction(async () => setLines((await client.call('incident', { id: incident, lines: true })).lines));
  const open = lines !== null;
  return (
    <section aria-labelledby="lines-title">
      <h3 id="lines-title">Lines of the log</h3>
      {count === 0 ? (
        <p className="quiet">None are kept of it any more.</p>
      ) : (
        <button
          type="button"
          className="button minor"
          aria-expanded={open}
          disabled={ask.busy}
          onClick={() => (open ? setLines(null) : ask.run())}
        >
          {open ? 'Hide the lines' : `Show ${counted(count, 'line')}`}
        </button>
      )}
      <Trouble text={ask.trouble} />
      {lines !== null && (
        <ol className="plain raw-lines" tabIndex={0} aria-label="Lines of the log">
          {lines.map(({ line }) => (
            <li key={line}>
              <Visible text={line} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
