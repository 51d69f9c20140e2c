// The agent runs under plain Node as well: importing anything from 'electron' here must not compile.
export {};
