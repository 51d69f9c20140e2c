// What the program costs and what it has given up for its budget enters; gauges for a Prometheus server leave. Processes of one kind count
// together, so that the opening of a window makes no new series each time.
import type { Figure, ResourceView } from '../../../../src-preload/contract.ts';
import type { Add } from './prometheus-text.ts';

const MIB = 2 ** 20;

export function addResources(view: ResourceView, gauge: Add): void {
  for (const [role, processes] of Map.groupBy(view.processes, (one) => one.role)) {
    const sum = (of: (one: (typeof processes)[number]) => Figure): number | null => sumOf(processes.map(of));
    const labels = { process: role };
    const memory = sum((one) => one.memoryMiB);
    const cpu = sum((one) => one.cpuPercent);
    gauge('seclyzer_process_memory_bytes', 'Proportional set size.', memory === null ? null : memory * MIB, labels);
    gauge('seclyzer_process_cpu_ratio', 'Share of one core.', cpu === null ? null : cpu / 100, labels);
    const written = sum((one) => one.writtenBytesPerSecond);
    gauge('seclyzer_process_written_bytes_per_second', 'Bytes sent to the storage layer.', written, labels);
    const wakeUps = sum((one) => one.wakeUpsPerSecond);
    gauge('seclyzer_process_wakeups_per_second', 'Voluntary context switches of all threads.', wakeUps, labels);
  }
  for (const { part, cpuPercent } of view.parts)
    gauge(
      'seclyzer_agent_part_cpu_ratio',
      'Share of one core that a part of the agent takes.',
      cpuPercent.value === null ? null : cpuPercent.value / 100,
      { part },
    );
  for (const { part, usedMiB } of view.storage.parts)
    gauge('seclyzer_storage_part_bytes', 'Disk space, by what it is for.', usedMiB * MIB, { part });
  for (const { ladder, step } of view.governor.standing)
    gauge('seclyzer_governor_step', 'The severest step in force; 0 with everything on.', step, { ladder });
  for (const { ladder, number, inForce } of view.governor.steps)
    gauge('seclyzer_governor_step_in_force', 'Whether this step is in force.', inForce ? 1 : 0, {
      ...{ ladder, step: String(number) },
    });
  gauge('seclyzer_hop_seconds', 'How often typing and mouse are judged.', view.pace.hopSeconds);
  gauge('seclyzer_on_battery', 'Whether the machine runs on its battery.', view.power.source === 'battery' ? 1 : 0);
  for (const { name, state } of view.models)
    gauge('seclyzer_model_loaded', 'Whether the model is in memory.', state === 'loaded' ? 1 : 0, { model: name });
}

function sumOf(figures: readonly Figure[]): number | null {
  const known = figures.flatMap(({ value }) => value ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
