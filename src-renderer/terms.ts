// The words of the field that the page cannot do without, each with what it means.

export const TERMS = {
  FAR: 'False acceptance rate: how many of an impostor’s stretches pass for yours.',
  FRR: 'False rejection rate: how many of your own stretches are doubted. A single one is no alarm: it takes several in a row.',
  EER: 'Equal error rate: the error at the threshold where as many of yours are doubted as of others’ pass. The lower, the better two people are told apart.',
  'DET curve':
    'Detection error trade-off: every threshold is one point of it. A stricter one lets fewer others pass and doubts you more often. The closer the curve comes to the lower left, the better.',
  'no model': 'There is too little yet to learn from, so it is not scored.',
  young: 'It is scored, but has seen less than a full enrolment. By itself it never locks the screen.',
  mature: 'It has seen a full enrolment. Where you have turned locking on, it may lock the screen.',
  sd: 'Standard deviations: how far it lies from your usual, measured by how much you yourself vary. Beyond 2 it is rare for you.',
  PSS: 'Proportional set size: memory that several processes share counts for each of them in part, so that the sum counts nothing twice.',
  'of one core': 'Processor time: 100 % is one core that does nothing else.',
  'wake-ups':
    'How often a second a process begins to run after it has waited. Each one keeps the processor from its deepest sleep, which empties a battery.',
} as const;
export type TermName = keyof typeof TERMS;
