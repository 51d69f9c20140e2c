// What was built, seen from outside. In: an unpacked folder. Out: its native libraries and its fuses; an Error where a library
// is another platform's or a fuse is not as electron-builder.yml wants it.
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot } from './paths.mjs';

/** ELF's numbers of the machines that Electron has a Linux build for. */
const MACHINES = { x64: 62, arm64: 183, arm: 40 };
const ELF = 0x7f454c46;
const MACHINE_OFFSET = 18;
/** Read when needed: the packages may have been installed a moment ago. */
const FUSES = inRoot('node_modules', '@electron', 'fuses', 'dist', 'index.js');

/** @returns {readonly { file: string, bytes: number }[]} of the application, without Electron's own; the largest first */
export function nativeLibraries(folder) {
  const resources = join(folder, 'resources');
  const found = filesOf(resources).filter((file) => /\.(node|dll|dylib)$|\.so(\.\d+)*$/.test(file));
  const foreign = found.filter((file) => machineOf(file) !== MACHINES[process.arch]);
  if (foreign.length > 0) throw new Error(`Not for this machine, but packaged: ${foreign.join(', ')}`);
  return found
    .map((file) => ({ file: relative(resources, file), bytes: statSync(file).size }))
    .toSorted((one, other) => other.bytes - one.bytes);
}

/** @returns {number} bytes of all files below a folder, or of one file */
export function sizeOf(place) {
  if (!statSync(place).isDirectory()) return statSync(place).size;
  return filesOf(place).reduce((sum, file) => sum + statSync(file).size, 0);
}

/** @returns {Promise<readonly string[]>} the fuses by name; those that this runtime does not have any more are marked */
export async function checkFuses(program) {
  const { FuseState, FuseV1Options, getCurrentFuseWire } = await import(FUSES);
  const wire = await getCurrentFuseWire(program);
  return wantedFuses().map(({ name, on }) => {
    const state = wire[FuseV1Options[`${name[0].toUpperCase()}${name.slice(1)}`]];
    if (state === FuseState.REMOVED || state === undefined) return `${name} (not in this runtime)`;
    if ((state === FuseState.ENABLE) !== on)
      throw new Error(`The fuse ${name} is not ${on ? 'on' : 'off'} in ${program}.`);
    return `${on ? '+' : '-'}${name}`;
  });
}

function wantedFuses() {
  const [, lines = ''] =
    /^electronFuses:\n((?: .*\n)+)/m.exec(readFileSync(inRoot('electron-builder.yml'), 'utf8')) ?? [];
  const wanted = [...lines.matchAll(/^ +(\w+): (true|false)$/gm)].map(([, name, value]) => ({
    name,
    on: value === 'true',
  }));
  if (wanted.length === 0) throw new Error('electron-builder.yml names no fuses.');
  return wanted;
}

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** @returns {number} NaN when it is no ELF file at all */
function machineOf(file) {
  const head = Buffer.alloc(MACHINE_OFFSET + 2);
  const handle = openSync(file);
  try {
    readSync(handle, head);
  } finally {
    closeSync(handle);
  }
  return head.readUInt32BE(0) === ELF ? head.readUInt16LE(MACHINE_OFFSET) : Number.NaN;
}
