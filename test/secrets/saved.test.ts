import { expect, it } from 'vitest';
import { savedValues } from '../../lib/secrets/saved';

const secret = (namespace: string, name: string, data: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, data });

it('reads Secrets one by one and in lists, whatever else there is', () => {
  const list = `{ "apiVersion": "v1", "kind": "List", "items": [${secret('demo', 'a', { x: 'eA==', y: '/w==' })}, ${secret('demo', 'b', {})}] }`;
  expect(savedValues(`${list}\n---\n${secret('cnpg', 'c', { 'p.q': 'eA==' })}\n---\nkind: ConfigMap\ndata: { x: eA== }\n`)).toEqual(new Map([
    ['demo/a/x', Buffer.from('x')],
    ['demo/a/y', Buffer.from([0xff])],
    ['cnpg/c/p.q', Buffer.from('x')],
  ]));
});
