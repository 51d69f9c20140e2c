// Where outputs come over Redis (DESIGN, section 7).
import { CHANGES_CHANNEL, FEATURE_CHANNELS, SCORES_CHANNEL } from '../publish/redis/redis-record.ts';

export const OUTPUT_CHANNELS: readonly string[] = [...Object.values(FEATURE_CHANNELS), SCORES_CHANNEL, CHANGES_CHANNEL];
