// An esbuild plugin: of the modules of Node that are imported, those that hold lazy getters enter; what is bundled in their place leaves, which
// takes from them only what is used.

/**
 * As an ES module, Node makes a copy of all that one of its modules exports, and so calls every getter: `node:http` loads the whole of
 * undici for its WebSocket, 37 ms, and `node:util` its diff and its parser of arguments. Nothing of it is needed to start.
 */
const WITH_GETTERS = /^(node:)?(http|util)$/;

export const lazyBuiltins = {
  name: 'lazy builtins',
  setup(build) {
    build.onResolve({ filter: WITH_GETTERS }, ({ path, kind }) =>
      // What is required is no ES module, and no copy.
      kind === 'require-call' ? undefined : { path: path.replace(/^(node:)?/, 'node:'), namespace: 'builtin' },
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
