import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focusIn, focusOf } from './sway-windows.ts';

const TITLE = 'Bank account 12345';
/** As sway 1.7 sends them, shortened. */
const event = (change: string, container: object): string =>
  JSON.stringify({ change, container: { id: 5, name: TITLE, type: 'con', focused: true, ...container } });

test('a Wayland window by its app_id, one of XWayland or i3 by its class', () => {
  assert.equal(focusOf(event('focus', { app_id: 'org.gnome.Nautilus', shell: 'xdg_shell' })), 'org.gnome.nautilus');
  const properties = { class: 'Firefox', instance: 'Navigator', title: TITLE };
  assert.equal(focusOf(event('focus', { app_id: null, window_properties: properties })), 'firefox');
  assert.equal(focusOf(event('focus', { window_properties: properties })), 'firefox');
});

test('other changes, and windows without a name, are no focus', () => {
  for (const change of ['title', 'new', 'close', 'move'])
    assert.equal(focusOf(event(change, { app_id: 'foot' })), null);
  assert.equal(focusOf(event('focus', { app_id: null })), null);
});

test('the focused window is found wherever it is in the tree', () => {
  const leaf = (app_id: string, focused: boolean) => ({ app_id, name: TITLE, focused, nodes: [], floating_nodes: [] });
  const tree = (inner: object) =>
    JSON.stringify({
      type: 'root',
      focused: false,
      nodes: [{ type: 'output', focused: false, nodes: [inner], floating_nodes: [] }],
    });
  const tiled = { focused: false, nodes: [leaf('a', false), leaf('b', true)], floating_nodes: [] };
  const floating = { focused: false, nodes: [leaf('a', false)], floating_nodes: [leaf('c', true)] };
  assert.equal(focusIn(tree(tiled)), 'b');
  assert.equal(focusIn(tree(floating)), 'c');
  assert.equal(focusIn(tree({ focused: true, nodes: [], floating_nodes: [] })), null, 'an empty workspace');
});

test('what is not understood is refused without a word of its content', () => {
  for (const payload of [TITLE, JSON.stringify({ change: 5, name: TITLE }), event('focus', { app_id: 7 })]) {
    assert.throws(
      () => focusOf(payload),
      (error: Error) => !error.message.includes('12345'),
    );
  }
});
