// A sentence of the agent's in which commands may stand: each is set off and kept on one line, for half of an option is no option.
import { Fragment } from 'react';
import { commandsApart } from '../commands-apart.ts';

export const WithCommands = ({ text }: { readonly text: string }) =>
  commandsApart(text).map(({ text: piece, isCommand }, at) =>
    isCommand ? (
      <code className="inline-command" key={at}>
        {piece}
      </code>
    ) : (
      <Fragment key={at}>{piece}</Fragment>
    ),
  );
