// `seclyzer data`: what is kept of the owner: had out, and deleted.
import type { Command } from 'commander';
import type { Context } from './context.ts';
import { addDataDelete } from './data-delete.ts';
import { addDataExport } from './data-export.ts';

export function addData(program: Command, context: Context): void {
  const data = program.command('data').description('have all that is kept of you out, or delete it');
  addDataExport(data, context);
  addDataDelete(data, context);
}
