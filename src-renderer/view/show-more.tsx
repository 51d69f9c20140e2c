// How many entries of a list are not shown in, the button that shows more of them out; nothing where all are shown.
import { quantity } from '../format.ts';

export const ShowMore = ({ left, show }: { readonly left: number; readonly show: () => void }) =>
  left > 0 && (
    <button type="button" className="button" onClick={show}>
      Show more ({quantity(left)} left)
    </button>
  );
