// What somebody could do about an incident: commands with what takes them back, to be read, copied and run by hand.
import type { AlertResponse } from '../../../src-preload/contract.ts';
import { Command } from '../command.tsx';

export const Responses = ({ responses }: { readonly responses: readonly AlertResponse[] }) => (
  <section aria-labelledby="responses-title">
    <h3 id="responses-title">What you could do</h3>
    <p className="quiet">
      {responses.length === 0
        ? 'Nothing that a command would do: nobody came in, or not for certain.'
        : 'SecLyzer runs none of this. Read a command before you run it in a terminal.'}
    </p>
    <ul className="plain">
      {responses.map(({ what, command, undo }) => (
        <li key={command} className="event response">
          <p>{what}.</p>
          <Command command={command} label={`Copy the command: ${what}`} />
          {undo === null ? (
            <p className="quiet">It cannot be taken back.</p>
          ) : (
            <div className="response-undo">
              <span className="quiet">Undo</span>
              <Command command={undo} label={`Copy the undo of: ${what}`} />
            </div>
          )}
        </li>
      ))}
    </ul>
  </section>
);
