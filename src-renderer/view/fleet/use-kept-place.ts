// Whoever comes back from a host finds the list where he left it, with the focus on that host's row.
import { useEffect } from 'react';
import { useFleetFilter } from '../../fleet/fleet-filter.ts';

export function useKeptPlace(): void {
  useEffect(() => {
    const { place } = useFleetFilter.getState();
    if (place === null) return;
    useFleetFilter.setState({ place: null });
    window.scrollTo(0, place.top);
    document.getElementById(`host-${place.id}`)?.focus({ preventScroll: true });
  }, []);
}

export const keepPlace = (id: string): void => useFleetFilter.setState({ place: { top: window.scrollY, id } });
