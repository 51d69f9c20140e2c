// How the stages stand in, figures for a Prometheus server out; nothing of a stage that works here alone.
import type { StagesView } from '../../../../src-preload/contract.ts';
import type { Add } from './prometheus-text.ts';

export function addStages(stages: StagesView, gauge: Add, counter: Add): void {
  for (const stage of ['features', 'scoring'] as const) {
    const { place, uses, lastRemoteMs, refused, comparison } = stages[stage];
    if (place === 'local') continue;
    const labels = { stage };
    gauge(
      'seclyzer_stage_remote_used',
      'Whether what comes from elsewhere is used now.',
      uses === 'remote' ? 1 : 0,
      labels,
    );
    const last = lastRemoteMs === null ? null : lastRemoteMs / 1000;
    gauge(
      'seclyzer_stage_remote_last_timestamp_seconds',
      'End of the newest window from elsewhere, since the Unix epoch.',
      last,
      labels,
    );
    if (stage === 'scoring')
      counter(
        'seclyzer_stage_refused_messages_total',
        "On this machine's channel, what no scorer has made of it now.",
        refused,
        labels,
      );
    if (comparison === null) continue;
    const { pairs, compared, outside, states } = comparison;
    gauge('seclyzer_stage_compared_windows', 'Windows of both sides compared, of the last hour.', pairs, labels);
    gauge('seclyzer_stage_compared_figures', 'Figures compared, of the last hour.', compared, labels);
    gauge('seclyzer_stage_outside_figures', 'Of those, outside their tolerance.', outside, labels);
    const share = compared === 0 ? null : outside / compared;
    gauge('seclyzer_stage_outside_ratio', 'Share of the figures that are outside their tolerance.', share, labels);
    if (stage === 'scoring')
      gauge('seclyzer_stage_differing_states', 'Windows in which the states differ.', states, labels);
  }
}
