// A sentence in; out its pieces, the commands in it apart from the words around them.

export interface SentencePiece {
  readonly text: string;
  readonly isCommand: boolean;
}

/** What the program tells its user to type: itself, and what looks after its service and its group. */
const COMMAND = new RegExp(
  [
    String.raw`(?:sudo )?(?:`,
    [
      String.raw`\bseclyzer [a-z]+(?: --?[\w-]+)*`,
      String.raw`\bsystemctl [a-z]+(?: --?[\w-]+)*(?: seclyzer[\w-]*)?`,
      String.raw`\busermod -aG \S+ [^\s,.]+`,
    ].join('|'),
    ')',
  ].join(''),
  'g',
);

export function commandsApart(sentence: string): readonly SentencePiece[] {
  const pieces: SentencePiece[] = [];
  let from = 0;
  for (const { index, 0: command } of sentence.matchAll(COMMAND)) {
    pieces.push({ text: sentence.slice(from, index), isCommand: false }, { text: command, isCommand: true });
    from = index + command.length;
  }
  pieces.push({ text: sentence.slice(from), isCommand: false });
  return pieces.filter(({ text }) => text !== '');
}
