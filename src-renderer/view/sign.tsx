// How something stands: a shape and its word, in the colour of its meaning.
import type { ReactNode } from 'react';
import type { Sign } from '../words.ts';
import { ShapeIcon } from './icons.tsx';

interface SignWordProps {
  readonly sign: Sign;
  /** By default the sign's own word. */
  readonly children?: ReactNode;
}

export const SignWord = ({ sign: { word, shape, tone }, children = word }: SignWordProps) => (
  <span className={`tone-${tone} event-state`}>
    <ShapeIcon shape={shape} />
    {children}
  </span>
);
