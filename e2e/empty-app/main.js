// The least that a tray application with a background process can be: what SecLyzer's memory is compared with.
const path = require('node:path');
const { Menu, Tray, app, utilityProcess } = require('electron');

Menu.setApplicationMenu(null);
// As SecLyzer does, so that like is compared with like.
app.disableHardwareAcceleration();
app.on('window-all-closed', () => undefined);

/** Kept: a tray that is collected disappears. */
const kept = [];
void app.whenReady().then(() => {
  const tray = new Tray(path.join(__dirname, '../../assets/tray-ring-0.png'));
  tray.setToolTip('Empty');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
  kept.push(tray, utilityProcess.fork(path.join(__dirname, 'worker.js')));
});
