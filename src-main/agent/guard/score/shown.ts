// A name that somebody has chosen in, the same as a sentence may hold it out: in quotation marks where it is no usual one, so that it can't
// pass for words of ours, and cut where it is long.

const MOST_SHOWN = 40;
const USUAL = /^[a-z_][a-z0-9_.-]{0,31}\$?$/i;

export function shown(name: string | null): string {
  if (name === null) return 'somebody';
  if (USUAL.test(name)) return name;
  return `“${name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name}”`;
}

/** For the beginning of a sentence, where a name must not be spelt like one. */
export const theUser = (name: string | null): string => `the user ${shown(name)}`;
