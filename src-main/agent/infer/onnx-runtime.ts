// The only way in to ONNX Runtime. Its library reports on its use: it keeps a number of this machine and a database in the user's cache folder and
// uploads what it counts, unless it is told not to before it is loaded (since 1.30 on Linux and macOS; https://github.com/microsoft/onnxruntime/pull/27379).
// SecLyzer sends nothing to anybody, so it is told.

export async function loadOnnxRuntime(): Promise<typeof import('onnxruntime-node')> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  return await import('onnxruntime-node');
}
