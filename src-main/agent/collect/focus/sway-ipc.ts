// The wire of sway and i3 (sway-ipc(7), i3's "IPC interface"). In: messages to send, bytes of the socket. Out: bytes to send, messages.
// A message is `i3-ipc`, the length of the payload and its type (32 bits each, in the machine's order), and the payload: JSON. Pure.

export const SWAY = { subscribe: 2, tree: 4, windowEvent: 0x8000_0003 } as const;

export interface SwayMessage {
  readonly type: number;
  readonly payload: string;
}

const MAGIC = Buffer.from('i3-ipc');
const HEADER_BYTES = MAGIC.length + 8;
/** A tree of a thousand windows has some 2 MB. */
const MOST_BYTES = 64 * 2 ** 20;

export function swayMessage(type: number, payload = ''): Buffer {
  const text = Buffer.from(payload);
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(text.length, MAGIC.length);
  header.writeUInt32LE(type, MAGIC.length + 4);
  return Buffer.concat([header, text]);
}

/** @returns takes bytes as they come and answers whole messages. @throws Error when these are no messages of sway's */
export function swayReader(): (bytes: Buffer) => readonly SwayMessage[] {
  let pieces: Buffer[] = [];
  let waiting = 0;
  let needed = HEADER_BYTES;
  const read = (): SwayMessage | null => {
    if (waiting < needed) return null;
    const all = Buffer.concat(pieces);
    if (!all.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('what answers is neither sway nor i3');
    const length = all.readUInt32LE(MAGIC.length);
    if (length > MOST_BYTES) throw new Error('a message of sway is longer than any can be');
    pieces = [all];
    needed = HEADER_BYTES + length;
    if (waiting < needed) return null;
    const message = {
      type: all.readUInt32LE(MAGIC.length + 4),
      payload: all.toString('utf8', HEADER_BYTES, needed),
    };
    pieces = [all.subarray(needed)];
    waiting -= needed;
    needed = HEADER_BYTES;
    return message;
  };
  return (bytes) => {
    pieces.push(bytes);
    waiting += bytes.length;
    const messages: SwayMessage[] = [];
    for (let message = read(); message !== null; message = read()) messages.push(message);
    return messages;
  };
}
