// Enters: tray.svg. Leaves: tray-<shape>-<fill>.png and @2x beside it, drawn by Chromium. Run after a change: node assets/draw-tray-icons.ts
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';

const SIZE_PX = 24;

/** Middle tones that keep 3:1 (WCAG 2.1, 1.4.11) against white and against panels as dark as #222; safe for the colour-blind. */
const INKS = { calm: '#1a9c8e', amber: '#c27c00', vermilion: '#e8592b', grey: '#82888f' } as const;

/** Fills in quarters that a state can have: see tray-face.ts. */
const ICONS = [
  { shape: 'ring', ink: INKS.grey, fills: [0] },
  { shape: 'check', ink: INKS.calm, fills: [0, 2, 3, 4] },
  { shape: 'dot', ink: INKS.amber, fills: [0, 2, 3, 4] },
  { shape: 'triangle', ink: INKS.vermilion, fills: [0, 2, 3, 4] },
  { shape: 'bar', ink: INKS.vermilion, fills: [0, 2, 3, 4] },
  { shape: 'slash', ink: INKS.grey, fills: [0] },
] as const;

/** Where the fill begins, from the top of the 24 px drawing. */
const LEVEL_TOP_PX = { 0: 24, 2: 11, 3: 7.5, 4: 0 } as const;

const source = await readFile(path.join(import.meta.dirname, 'tray.svg'), 'utf8');
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const scale of [1, 2]) {
    const page = await browser.newPage({ viewport: { width: SIZE_PX, height: SIZE_PX }, deviceScaleFactor: scale });
    for (const { shape, ink, fills } of ICONS) {
      for (const fill of fills) {
        const svg = source
          .replaceAll('href="#check"', `href="#${shape}"`)
          .replaceAll(INKS.calm, ink)
          .replace('height="24" y="0"', `height="24" y="${LEVEL_TOP_PX[fill]}"`);
        await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
        const file = `tray-${shape}-${fill}${scale === 2 ? '@2x' : ''}.png`;
        await page.screenshot({ path: path.join(import.meta.dirname, file), omitBackground: true });
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
}
