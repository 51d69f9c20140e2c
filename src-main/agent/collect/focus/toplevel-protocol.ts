// wlr-foreign-toplevel-management-unstable-v1, version 1, in the form of `wayland-client`: only what is listened to has its arguments; an
// event is known by its place, and so is a request, so that none is left out. Nothing here is asked for: windows are only looked at.

const handle = 'zwlr_foreign_toplevel_handle_v1';

export const TOPLEVEL_MANAGER = 'zwlr_foreign_toplevel_manager_v1';
/** The state of a window that has the focus (`zwlr_foreign_toplevel_handle_v1.state`). */
export const ACTIVATED = 2;

const message = (name: string, type?: string, more: object = {}) => ({
  name,
  args: type === undefined ? [] : [{ name: 'value', type, ...more }],
});

export const TOPLEVEL_PROTOCOL: readonly object[] = [
  {
    name: TOPLEVEL_MANAGER,
    version: 1,
    requests: [message('stop')],
    events: [message('toplevel', 'new_id', { interface: handle }), message('finished')],
    enums: {},
  },
  {
    name: handle,
    version: 1,
    requests: [],
    events: [
      message('title', 'string'),
      message('app_id', 'string'),
      message('output_enter', 'uint'),
      message('output_leave', 'uint'),
      message('state', 'array'),
      message('done'),
      message('closed'),
    ],
    enums: {},
  },
];
