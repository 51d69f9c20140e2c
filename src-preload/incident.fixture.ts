// An incident and an alert for tests: passwords guessed for root from one address.
import type { Incident, LogAlert } from '../src-preload/contract.ts';

const GUESSING = { id: 'T1110.001', name: 'Brute Force: Password Guessing', tactic: 'Credential Access' };

export const guessing: Incident = {
  id: 7,
  firstMs: 1_701_423_846_000,
  lastMs: 1_701_423_900_000,
  risk: 'HIGH',
  score: 0.85,
  title: '31 failed logins for root from 203.0.113.7 within 5 minutes.',
  tactics: ['Credential Access'],
  techniques: [GUESSING],
  subjects: [{ kind: 'address', name: '203.0.113.7' }],
  alerts: 1,
  acknowledgedMs: null,
};

export const guessingAlert: LogAlert = {
  ...{ id: 12, incident: 7, atMs: guessing.lastMs, firstMs: guessing.firstMs, risk: 'HIGH', score: 0.85 },
  techniques: [GUESSING],
  subject: { kind: 'address', name: '203.0.113.7' },
  ...{ user: 'root', address: '203.0.113.7', explanation: guessing.title, count: 31 },
  reasons: [
    { words: 'failed logins from the address in the window', value: '31', usual: '0 to 2', points: 0.6 },
    { words: 'Somebody guesses passwords', value: null, usual: null, points: 0.25 },
  ],
};
