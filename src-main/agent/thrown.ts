// Whatever was thrown in, its message and its code out.

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The code that Node, SQLite and others give an error, `ENOENT` for example; empty where there is none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
