// Enters: the Node that the environment names for the agent, and what this Electron is. Leaves: who runs the agent.

/** What the database needs; on an older Node-API it takes the process down with it. */
const NODE_API_NEEDED = 10;

export type AgentNode =
  /** Electron's own; `ignored` when another one was named. */
  | { readonly kind: 'own'; readonly ignored: boolean }
  | { readonly kind: 'named'; readonly file: string }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * A named Node runs the agent only where Electron's own is too old for it: it is under none of the locks that a package puts on its
 * own runtime, so that whoever can set the environment would run what he likes in the agent's place, with the data's key in its hands.
 * @param named SECLYZER_AGENT_NODE
 * @param versions of the Electron that asks, and of the Node-API that it has
 */
export function agentNode(
  named: string | undefined,
  versions: { readonly electron: string; readonly nodeApi: number },
): AgentNode {
  const isNamed = named !== undefined && named !== '';
  if (versions.nodeApi >= NODE_API_NEEDED) return { kind: 'own', ignored: isNamed };
  if (isNamed) return { kind: 'named', file: named };
  const has = `This Electron (${versions.electron}) has Node-API ${versions.nodeApi}; the agent needs ${NODE_API_NEEDED}.`;
  return { kind: 'none', reason: `${has} Name a newer Node in SECLYZER_AGENT_NODE, or use Electron 42 or later.` };
}
