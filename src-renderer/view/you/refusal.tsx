// Whether what is known of the owner may be changed now, beside what would change it. It keeps its place whatever it says.
import { ShapeIcon } from '../icons.tsx';
import { usePermission } from './use-permission.ts';

interface RefusalProps {
  readonly id: string;
  /** What is said while nothing stands in the way. */
  readonly otherwise: string;
}

export function Refusal({ id, otherwise }: RefusalProps) {
  const { refusal } = usePermission();
  return (
    <p className={`refusal ${refusal === null ? 'quiet' : 'tone-watch'}`} id={id}>
      {refusal !== null && <ShapeIcon shape="slash" />}
      <span>{refusal === null ? otherwise : `Nothing can be changed here now. ${refusal}`}</span>
    </p>
  );
}
