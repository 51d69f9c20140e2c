// `seclyzer data`: what is stored about you, looked after. A sub-command a file.
import type { Command } from 'commander';
import type { Context } from './context.ts';
import { addDataDelete } from './data-delete.ts';
import { addDataExport } from './data-export.ts';
import { addDataVerify } from './data-verify.ts';

const SUB_COMMANDS = [addDataExport, addDataDelete, addDataVerify];

export function addData(program: Command, context: Context): void {
  const data = program
    .command('data')
    .summary('export, delete, verify what is kept of you')
    .description('look after what is stored about you: have it out, delete it, verify the audit log');
  for (const add of SUB_COMMANDS) add(data, context);
}
