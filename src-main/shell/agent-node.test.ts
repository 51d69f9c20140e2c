import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentNode } from './agent-node.ts';

const OLD = { electron: '33.4.11', nodeApi: 9 };
const NEW = { electron: '45.4.1', nodeApi: 10 };

test('a named Node serves an Electron that is too old for the agent, and no other', () => {
  assert.deepEqual(agentNode('/opt/node', OLD), { kind: 'named', file: '/opt/node' });
  assert.deepEqual(agentNode('/opt/node', NEW), { kind: 'own', ignored: true });
  assert.deepEqual(agentNode('/opt/node', { ...NEW, nodeApi: 11 }), { kind: 'own', ignored: true });
});

test('nothing named, or nothing in the name', () => {
  for (const named of [undefined, '']) {
    assert.deepEqual(agentNode(named, NEW), { kind: 'own', ignored: false });
    const none = agentNode(named, OLD);
    assert.ok(none.kind === 'none');
    assert.match(
      none.reason,
      /Electron \(33\.4\.11\) has Node-API 9; the agent needs 10\. Name .* SECLYZER_AGENT_NODE/,
    );
  }
});
