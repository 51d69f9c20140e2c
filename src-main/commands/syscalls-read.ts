// The helper's socket in, its newest message out; or what keeps it from being read, in the same form.
import { linkToHelper } from '../agent/collect/syscalls/helper-link.ts';
import type { HelperMessage } from '../agent/collect/syscalls/wire.ts';

const PATIENCE_MS = 5000;

/** Never rejects. */
export function readOnce(socketFile: string): Promise<HelperMessage> {
  return new Promise((resolve) => {
    const lacking = (reason: string, fix: string): void => {
      resolve({ kind: 'unavailable', reason, fix });
      end();
    };
    const timer = setTimeout(() => {
      lacking('The helper for system calls says nothing yet', 'It takes some seconds to begin. Try again.');
    }, PATIENCE_MS);
    const link = linkToHelper(socketFile, {
      message: (message) => {
        resolve(message);
        end();
      },
      malformed: (reason) => lacking(`The helper is of another version (${reason})`, 'Install it anew.'),
      ended: ({ reason, fix }) => lacking(reason, fix),
    });
    function end(): void {
      clearTimeout(timer);
      link.close();
    }
  });
}
