// Small drawings on a 16 px grid, in the colour of the text around them. They stand beside a word and are hidden from readers.
import type { ReactNode } from 'react';
import type { Modality } from '../../src-preload/contract.ts';
import type { Place } from '../route.ts';
import type { Shape } from '../words.ts';

const SHAPES = {
  ring: <circle cx="8" cy="8" r="5.5" />,
  open: <circle cx="8" cy="8" r="4" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path className="solid" d="M8 2.5a5.5 5.5 0 0 1 0 11z" />
    </>
  ),
  check: <path d="M2.8 8.6 6.4 12.2 13.4 4.4" />,
  dot: <circle className="solid" cx="8" cy="8" r="4.5" />,
  triangle: <path className="solid" d="M8 2.4 14.2 13.4H1.8z" />,
  bar: <rect className="solid" x="2" y="5.8" width="12" height="4.4" rx="1" />,
  hollow: <rect x="2" y="5.8" width="12" height="4.4" rx="1" />,
  glass: (
    <path d="M4 2.4h8M4 13.6h8M4.8 2.4c0 3 3.2 3.6 3.2 5.6s-3.2 2.6-3.2 5.6M11.2 2.4c0 3-3.2 3.6-3.2 5.6s3.2 2.6 3.2 5.6" />
  ),
  diamond: <path className="solid" d="M8 1.8 14.2 8 8 14.2 1.8 8z" />,
  lozenge: <path d="M8 2.4 13.6 8 8 13.6 2.4 8z" />,
  peak: <path d="M1.6 10.6h3L7 3.4l2.6 9.2 1.6-4h3.2" />,
  slash: <path d="M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM4.2 11.8l7.6-7.6" />,
} satisfies Record<Shape, ReactNode>;

const MODALITY_DRAWINGS = {
  keystroke: <path d="M1.5 4.2h13v7.6h-13zM4 6.6h.1M6.7 6.6h.1M9.4 6.6h.1M12 6.6h.1M5 9.4h6" />,
  mouse: <path d="M8 1.8c2.4 0 4 1.8 4 4v4.4c0 2.2-1.6 4-4 4s-4-1.8-4-4V5.8c0-2.2 1.6-4 4-4zM8 4.4v2.4" />,
  app: <path d="M1.8 3h8.4v6.4H1.8zM5.8 9.4V13h8.4V6.6h-4" />,
  linguistic: <path d="M3 1.8h10v12.4H3zM5.4 5h5.2M5.4 8h5.2M5.4 11h3" />,
} satisfies Record<Modality, ReactNode>;

const PLACE_DRAWINGS = {
  now: <path d="M3.4 12.4a6 6 0 1 1 9.2 0M8 8.6l2.6-2.8" />,
  history: <path d="M2.4 3v3.2h3.2M2.6 6.2A5.8 5.8 0 1 1 2.2 8.6M8 5v3.2l2.2 1.4" />,
  host: <path d="M4 4h8v8H4zM6.4 1.8V4M9.6 1.8V4M6.4 12v2.2M9.6 12v2.2M1.8 6.4H4M1.8 9.6H4M12 6.4h2.2M12 9.6h2.2" />,
  guard: (
    <>
      <path d="M8 1.6 13.4 3.6v4c0 3.2-2.2 5.4-5.4 6.6-3.2-1.2-5.4-3.4-5.4-6.6v-4z" />
      <path d="M5.6 6.2h4.8M5.6 9h3.2" />
    </>
  ),
  you: (
    <>
      <circle cx="8" cy="5" r="2.9" />
      <path d="M2.4 13.8c.5-3 2.7-4.6 5.6-4.6s5.1 1.6 5.6 4.6" />
    </>
  ),
  settings: <path d="M2 4.6h7M12.4 4.6H14M9 2.8h3.4v3.6H9zM2 11.4h1.6M7 11.4h7M3.6 9.6H7v3.6H3.6z" />,
} satisfies Record<Place, ReactNode>;

const Drawing = ({ children }: { readonly children: ReactNode }) => (
  <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    {children}
  </svg>
);

export const ShapeIcon = ({ shape }: { readonly shape: Shape }) => <Drawing>{SHAPES[shape]}</Drawing>;
export const ModalityIcon = ({ modality }: { readonly modality: Modality }) => (
  <Drawing>{MODALITY_DRAWINGS[modality]}</Drawing>
);

export const PlaceIcon = ({ page }: { readonly page: Place }) => <Drawing>{PLACE_DRAWINGS[page]}</Drawing>;

/** The same shapes inside another drawing, centred on a point. */
export const ShapeMark = ({ shape, x, y }: { readonly shape: Shape; readonly x: number; readonly y: number }) => (
  <g className="icon" transform={`translate(${x - 6} ${y - 6}) scale(0.75)`}>
    {SHAPES[shape]}
  </g>
);

export const Shield = () => (
  <svg className="shield" viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
    <path d="M8 1.2 14 3.4v4.4c0 3.4-2.5 5.8-6 7-3.5-1.2-6-3.6-6-7V3.4z" />
  </svg>
);
