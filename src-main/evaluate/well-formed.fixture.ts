// For tests: XML in, an assertion out that it is well-formed as far as the pictures of an evaluation need it.
import assert from 'node:assert/strict';

/** Every tag is closed in order; attributes are quoted; no stray sign. */
export function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const tag = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let end = 0;
  for (let found = tag.exec(xml); found !== null; found = tag.exec(xml)) {
    const [, closing, name = '', , empty, text] = found;
    end = tag.lastIndex;
    if (text !== undefined) assert.ok(!/&(?!amp;|lt;|gt;|quot;)/.test(text), text);
    else if (closing === '/') assert.equal(open.pop(), name);
    else if (empty !== '/') open.push(name);
  }
  assert.equal(end, xml.length);
  assert.deepEqual(open, []);
}
