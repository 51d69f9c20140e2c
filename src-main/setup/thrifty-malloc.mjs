// An environment in, the same for a process that runs for days out: memory of the C library's that is free goes back to the system.
// glibc lets the size from which a block is mapped by itself grow up to 32 MiB, with each such block that is freed. The arrays of a training then
// lie on its heap, between blocks that stay, and the room that they leave is kept for good: after an hour of use the agent held 10 MB of it more.
// Naming the thresholds, at their usual values, keeps them where they are (mallopt(3)). Elsewhere nobody reads these names.

const THRIFTY = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '2' };

/**
 * What the user has set is left alone.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export const withThriftyMalloc = (env) => ({ ...THRIFTY, ...env });
