// What enters: nothing. What leaves: the SQLite driver, loaded when first wanted, or a clear error where it would crash.
import nodeModule from 'node:module';
import type Sqlite from 'better-sqlite3';
import { StoreError } from './store-error.ts';

export type Driver = typeof Sqlite;
export type Database = Sqlite.Database;

/** better-sqlite3 13 is built for Node-API 10; on an older runtime it segfaults, which no `catch` can catch. */
const NODE_API_NEEDED = 10;

/** @throws StoreError (`runtime`) where the driver would crash the process. */
export function loadDriver(nodeApi = Number(process.versions['napi'])): Driver {
  if (!(nodeApi >= NODE_API_NEEDED)) {
    throw new StoreError(
      'runtime',
      `The database needs Node-API ${NODE_API_NEEDED} (Node 22.14 or newer); this is Node ${process.versions.node} ` +
        `with Node-API ${nodeApi}. Run SecLyzer with Node 24, or point SECLYZER_AGENT_NODE to one.`,
    );
  }
  return nodeModule.createRequire(import.meta.url)('better-sqlite3') as Driver;
}
