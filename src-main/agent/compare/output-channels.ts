// Where outputs come over Redis (DESIGN, section 7).
export const OUTPUT_CHANNELS = [
  'seclyzer:features:keystroke',
  'seclyzer:features:mouse',
  'seclyzer:features:app',
  'seclyzer:scores',
  'seclyzer:state_change',
] as const;
