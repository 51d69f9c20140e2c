// What sway and i3 tell of windows in; the application that has the focus out. Their messages hold titles as well: of each only what the
// schemas name is taken, and the rest is gone with the message. Pure.
import * as v from 'valibot';
import { applicationName } from '../application-name.ts';

/** `app_id` of Wayland windows; the class (WM_CLASS) of those that run through XWayland, and of all under i3. */
const window = v.object({
  app_id: v.optional(v.nullable(v.string())),
  window_properties: v.optional(v.object({ class: v.optional(v.string()) })),
});
const change = v.pipe(v.string(), v.parseJson(), v.object({ change: v.string(), container: window }));

interface TreeNode extends v.InferOutput<typeof window> {
  readonly focused: boolean;
  readonly nodes: readonly TreeNode[];
  readonly floating_nodes: readonly TreeNode[];
}
const node: v.GenericSchema<TreeNode> = v.object({
  ...window.entries,
  focused: v.boolean(),
  nodes: v.optional(v.array(v.lazy(() => node)), []),
  floating_nodes: v.optional(v.array(v.lazy(() => node)), []),
}) as v.GenericSchema<TreeNode>;
const tree = v.pipe(v.string(), v.parseJson(), node);

/** null where the message is about something else, or has no name in it. @throws Error when it can't be understood */
export function focusOf(payload: string): string | null {
  const { change: what, container } = checked(change, payload);
  return what === 'focus' ? nameOf(container) : null;
}

/** null where no window has the focus. @throws Error when it can't be understood */
export function focusIn(payload: string): string | null {
  const find = (one: TreeNode): TreeNode | null =>
    one.focused ? one : ([...one.nodes, ...one.floating_nodes].map(find).find((found) => found !== null) ?? null);
  const found = find(checked(tree, payload));
  return found === null ? null : nameOf(found);
}

const nameOf = ({ app_id: id, window_properties: properties }: v.InferOutput<typeof window>): string | null =>
  applicationName(id ?? '') || applicationName(properties?.class ?? '') || null;

/** The reason names no value: there are titles among them. */
function checked<S extends v.GenericSchema<string, unknown>>(schema: S, payload: string): v.InferOutput<S> {
  const result = v.safeParse(schema, payload);
  if (result.success) return result.output;
  throw new Error('sway tells of a window in a way that SecLyzer does not understand');
}
