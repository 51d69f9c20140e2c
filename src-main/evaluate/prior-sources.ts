// Whose recordings the shipped vector priors were made from, as their files and the model cards name them.
export const PRIOR_SOURCES = {
  bbmas: {
    name: 'SU-AIS BB-MAS, desktop keystrokes, 58 people',
    citation: 'A. Belman et al., SU-AIS BB-MAS Dataset, IEEE DataPort 2019',
    licence: 'IEEE DataPort open access; terms of the mirror not stated; only aggregate statistics are contained here',
  },
  sapimouse: {
    name: 'SapiMouse, 59 people',
    citation: 'M. Antal, N. Fejer, K. Buza, SapiMouse, SACI 2021, doi 10.1109/SACI51354.2021.9465583',
    licence: 'repository Apache-2.0, terms of the data not stated; only aggregate statistics are contained here',
  },
} as const;
