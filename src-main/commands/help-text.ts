// What a command's help says below its options. In: text, its lines broken anywhere. Out: the same in lines of the terminal's width, what
// belongs to a word in front of it indented under it.

/** Where nobody looks on, as commander has it. */
const USUAL_WIDTH = 80;
/** A line that is longer than this was broken for the eyes of who wrote it, and goes on in the next one. */
const BROKEN_FROM = 95;
/** `  word  what it means`: all of it goes under the meaning. */
const ITEM = /^( {2,}\S+(?: \S+)*? {2,})\S/;

interface Paragraph {
  readonly text: string;
  readonly indent: number;
}

/** For `addHelpText`. */
export const fitted = (text: string) => (): string => fitTo(text, helpWidth());

const helpWidth = (): number => (process.stdout.isTTY ? process.stdout.columns : USUAL_WIDTH);

export function fitTo(text: string, width: number): string {
  return paragraphsOf(text)
    .flatMap((paragraph) => linesOf(paragraph, width))
    .join('\n');
}

function paragraphsOf(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let before = '';
  for (const line of text.split('\n')) {
    const last = paragraphs.at(-1);
    const own = line.length - line.trimStart().length;
    const goesOn = before.length >= BROKEN_FROM && own === last?.indent && !/^(Exit code|$)/.test(line);
    if (last !== undefined && goesOn)
      paragraphs[paragraphs.length - 1] = { ...last, text: `${last.text} ${line.trim()}` };
    else paragraphs.push({ text: line, indent: ITEM.exec(line)?.[1]?.length ?? own });
    before = line;
  }
  return paragraphs;
}

function linesOf({ text, indent }: Paragraph, width: number): readonly string[] {
  // Beside a word that takes half of the line there is no room for what it means.
  const hanging = ' '.repeat(indent > width / 2 ? 4 : indent);
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    const from = at > hanging.length ? at : rest.indexOf(' ', width);
    if (from < 0 || rest.slice(0, from).trim() === '') break;
    lines.push(rest.slice(0, from).trimEnd());
    rest = hanging + rest.slice(from).trimStart();
  }
  return [...lines, rest];
}
