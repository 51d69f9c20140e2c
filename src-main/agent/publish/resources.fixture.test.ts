import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPush, checkResult, RESOURCES, RESOURCE_SERIES } from '../../../src-preload/contract.ts';
import { RESOURCES_FIXTURE, RESOURCE_HISTORY_FIXTURE } from './resources.fixture.ts';

test('the fixture of resources keeps the contract, as an answer and as a push', () => {
  assert.deepEqual(checkResult('resources', RESOURCES_FIXTURE), RESOURCES_FIXTURE);
  assert.deepEqual(checkPush({ push: 'resources', data: RESOURCES_FIXTURE }).data, RESOURCES_FIXTURE);
  const history = checkResult('resourceHistory', RESOURCE_HISTORY_FIXTURE);
  assert.deepEqual(
    history.map(({ name }) => name),
    [...RESOURCE_SERIES],
  );
  assert.deepEqual(
    RESOURCES_FIXTURE.budget.map(({ resource }) => resource),
    [...RESOURCES],
  );
});
