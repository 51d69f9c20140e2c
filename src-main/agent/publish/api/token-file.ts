// A token in a file, readable by its owner alone: that of the API is `<data>/api-token`. In: the data folder. Out: what is to be given with each
// request.
import { readFileSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../replace-file.ts';
import { isOpenToOthers } from '../../secret-file.ts';
import { codeOf } from '../../thrown.ts';
import { randomToken } from '../links.ts';

const API_TOKEN = 'api-token';

export const tokenFile = (dataDir: string, name = API_TOKEN): string => join(dataDir, name);

const FORM = /^[\w-]{16,128}$/;

/** null where there is none, or one that is no secret any more: others could have read it. */
export function readToken(dataDir: string, name = API_TOKEN): string | null {
  const facts = factsOf(dataDir, name);
  if (facts === null || isOpenToOthers(facts)) return null;
  const text = readFileSync(tokenFile(dataDir, name), 'utf8').trim();
  return FORM.test(text) ? text : null;
}

/** The one that holds from now on; the one before is no longer taken. @throws the error of the file system. */
export async function newToken(dataDir: string, name = API_TOKEN): Promise<string> {
  const token = randomToken();
  await replaceFile(tokenFile(dataDir, name), Buffer.from(`${token}\n`));
  return token;
}

/** The one that holds, made where there is none. @throws the error of the file system. */
export const ensureToken = async (dataDir: string, name = API_TOKEN): Promise<string> =>
  readToken(dataDir, name) ?? (await newToken(dataDir, name));

/** For each request: looks whether the file has changed, which takes some microseconds, and reads it only then. */
export function watchToken(dataDir: string): () => string | null {
  let seen = '';
  let token: string | null = null;
  return () => {
    const facts = factsOf(dataDir);
    const now = facts === null ? 'none' : `${facts.ino} ${facts.mtimeMs} ${facts.size} ${facts.mode}`;
    if (now !== seen) {
      seen = now;
      token = readToken(dataDir);
    }
    return token;
  };
}

function factsOf(dataDir: string, name = API_TOKEN): Stats | null {
  try {
    return statSync(tokenFile(dataDir, name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
