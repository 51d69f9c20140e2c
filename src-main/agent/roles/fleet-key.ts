// The key of a fleet: a file for its owner alone, the same on every collector and scorer. In: where it lies. Out: the cipher that seals what they
// put into Redis, or why there is none and what to do about it.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSecret, type SecretTrouble } from '../publish/secret-text.ts';
import { createCipher, KEY_BYTES, type Cipher } from '../store/cipher.ts';
import { privateFolder } from '../store/private-file.ts';
import { codeOf } from '../thrown.ts';

/** 64 hexadecimal digits. */
const FLEET_KEY_FILE = 'fleet.key';
const HEX_KEY = /^[0-9a-f]{64}$/;

/** @param named in the settings; null: under its usual name in the data folder. */
export const fleetKeyFile = (named: string | null, dataDir: string): string =>
  resolve(named ?? join(dataDir, FLEET_KEY_FILE));

/** @throws Error where there is one already, or none can be made. */
export function makeFleetKey(file: string): void {
  privateFolder(resolve(file, '..'));
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new Error(
      `${file} is there already: what the fleet has in Redis can be read with it alone. Move it away to begin anew.`,
      { cause: error },
    );
  }
}

export function openFleetKey(file: string): Cipher | SecretTrouble {
  const text = readSecret(file, { what: 'the key of the fleet', of: 'the fleet', wanted: true });
  if (typeof text === 'string' && HEX_KEY.test(text)) return createCipher(Buffer.from(text, 'hex'));
  if (typeof text === 'string')
    return {
      reason: `${file} holds no key: ${2 * KEY_BYTES} hexadecimal digits were expected`,
      fix: 'Copy it anew from a machine of the fleet.',
    };
  const fix = `Make one once with seclyzer fleet key, and copy it to ${file} on every collector and scorer, for its owner alone (chmod 600).`;
  return text === null
    ? { reason: 'there is no key of the fleet', fix }
    : { ...text, fix: text.reason.startsWith('others') ? text.fix : fix };
}
