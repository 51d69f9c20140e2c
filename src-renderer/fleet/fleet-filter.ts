// What of the list is shown and how, kept while a host is looked at: words, order, and the place where the reader was.
import { create } from 'zustand';
import type { FleetOrder } from './fleet-order.ts';

export interface FleetFilter {
  readonly words: string;
  readonly order: FleetOrder;
  /** Pixels from the top, and the row that was opened from there. */
  readonly place: { readonly top: number; readonly id: string } | null;
}

export const useFleetFilter = create<FleetFilter>()(() => ({ words: '', order: 'worst', place: null }));
