// Why a score or a decision is what it is, in the agent's words; the one of the field among them is explained where it stands.
import { Term } from './term.tsx';

const SPREAD = ' sd ';

export function Reason({ text }: { readonly text: string }) {
  const at = text.indexOf(SPREAD);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at + 1)}
      <Term name="sd" />
      {text.slice(at + SPREAD.length - 1)}
    </>
  );
}
