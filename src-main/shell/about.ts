// Leaves: the panel that says what this program is, and what it is not.
import path from 'node:path';
import { app, dialog, nativeImage } from 'electron';

const TEXT = [
  'Watches whether the person at the keyboard is still its owner.',
  'Everything it learns stays on this machine.',
  'It never replaces a password.',
  'MIT licence. © The SecLyzer authors.',
].join('\n');

export interface About {
  readonly show: () => void;
}

export function createAbout(assetsDir: string): About {
  const iconPath = path.join(assetsDir, 'icons/128x128.png');
  if (process.platform === 'linux') return messageBox(iconPath);
  app.setAboutPanelOptions({
    applicationName: 'SecLyzer',
    applicationVersion: app.getVersion(),
    copyright: TEXT,
    iconPath,
  });
  return { show: () => app.showAboutPanel() };
}

/** Electron's own panel on Linux has a button for the licence that does nothing. */
function messageBox(iconPath: string): About {
  let isShown = false;
  const show = async (): Promise<void> => {
    if (isShown) return;
    isShown = true;
    try {
      await dialog.showMessageBox({
        title: 'About SecLyzer',
        message: `SecLyzer ${app.getVersion()}`,
        detail: TEXT,
        icon: nativeImage.createFromPath(iconPath),
        buttons: ['Close'],
      });
    } finally {
      isShown = false;
    }
  };
  return { show: () => void show() };
}
