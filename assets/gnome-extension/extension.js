// GNOME Shell runs this. It tells on the session bus which application has the focus: the class of its window, which is the application's
// identifier under Wayland. Titles are not read.
import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import { Extension } from 'resource:///org/gnome/shell/extensions/extension.js';

const PATH = '/io/github/seclyzer/Focus';
const INTERFACE = `<node>
  <interface name="io.github.seclyzer.Focus">
    <property name="Application" type="s" access="read"/>
    <signal name="Focused"><arg name="application" type="s"/></signal>
  </interface>
</node>`;

export default class SecLyzerFocus extends Extension {
  enable() {
    this.service = Gio.DBusExportedObject.wrapJSObject(INTERFACE, this);
    this.service.export(Gio.DBus.session, PATH);
    this.watch = global.display.connect('notify::focus-window', () => {
      const application = this.Application;
      if (application !== '') this.service.emit_signal('Focused', new GLib.Variant('(s)', [application]));
    });
  }

  disable() {
    global.display.disconnect(this.watch);
    this.service.unexport();
    this.service = null;
  }

  /** Empty while no window has the focus. */
  get Application() {
    return global.display.focus_window?.get_wm_class() ?? '';
  }
}
