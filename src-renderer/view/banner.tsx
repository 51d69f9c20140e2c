// Something that must be known before any figure is read, with what can be done about it.
import type { ReactNode } from 'react';
import type { Shape } from '../words.ts';
import { ShapeIcon } from './icons.tsx';

interface BannerProps {
  readonly shape: Shape;
  readonly children: ReactNode;
  /** What the user can do about it. */
  readonly action?: ReactNode;
}

export const Banner = ({ shape, children, action }: BannerProps) => (
  <div className="banner" role="note">
    <ShapeIcon shape={shape} />
    <p>{children}</p>
    {action}
  </div>
);
