// Whoever comes back from a host finds the list where he left it, with the focus on that host's row.
import { useEffect } from 'react';
import { useFleetFilter } from '../../fleet/fleet-filter.ts';

export const rowElement = (id: string): HTMLElement | null => document.getElementById(`host-${id}`);

export const keepPlace = (id: string): void => useFleetFilter.setState({ place: { top: window.scrollY, id } });

/** @param focus told the row that is to have it */
export function useKeptPlace(focus: (id: string) => void): void {
  useEffect(() => {
    const { place } = useFleetFilter.getState();
    if (place === null) return;
    useFleetFilter.setState({ place: null });
    window.scrollTo(0, place.top);
    focus(place.id);
  }, [focus]);
}
