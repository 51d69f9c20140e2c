// A background process that waits for work and never gets any.
process.parentPort.on('message', () => undefined);
