// Whatever was thrown in, its message and its code out.

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The code that Node, SQLite and others give an error, `ENOENT` for example; empty where there is none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const FILE_LACKS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
};

/** Why a file could not be read, for who named it. */
export const whyUnreadable = (error: unknown): string => FILE_LACKS[codeOf(error)] ?? messageOf(error);
