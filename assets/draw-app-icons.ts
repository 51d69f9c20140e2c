// Enters: icon.svg. Leaves: icons/<size>x<size>.png in the sizes of the hicolor theme, drawn by Chromium.
// Run after a change: node assets/draw-app-icons.ts
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';

const SIZES_PX = [16, 22, 24, 32, 48, 64, 128, 256, 512];

const source = await readFile(path.join(import.meta.dirname, 'icon.svg'), 'utf8');
const folder = path.join(import.meta.dirname, 'icons');
await mkdir(folder, { recursive: true });
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  for (const size of SIZES_PX) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${source}`);
    await page.screenshot({ path: path.join(folder, `${size}x${size}.png`), omitBackground: true });
  }
} finally {
  await browser.close();
}
