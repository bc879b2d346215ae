import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldChanges } from '../../lib/diff/fields';

/** `path: before -> after`, as short as a test can read it. */
function said(before: unknown, after: unknown): string[] {
  return [...fieldChanges(before, after)].map(({ path, before, after }) => `${path.join(' ')}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`);
}

describe('maps', () => {
  it('are compared by key, whatever the order', () => {
    expect(said({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 4 }, a: 1 })).toEqual(['b c: 2 -> 4']);
  });

  it('come and go leaf by leaf, and an empty one is a leaf', () => {
    expect(said({}, { a: { b: { c: 1 }, d: {} } })).toEqual(['a b c: undefined -> 1', 'a d: undefined -> {}']);
    expect(said({ a: { b: [1], c: [] } }, {})).toEqual(['a b [0]: 1 -> undefined', 'a c: [] -> undefined']);
  });

  it('have their own keys alone, whatever every object has', () => {
    expect(said({ a: { b: 1 } }, { a: { b: 1, constructor: 'x', toString: 'y' } })).toEqual(['a constructor: undefined -> "x"', 'a toString: undefined -> "y"']);
    expect(said({ a: { valueOf: { c: 1 } } }, { a: {} })).toEqual(['a valueOf c: 1 -> undefined']);
    expect(said(JSON.parse('{"a":{"__proto__":1}}'), { a: {} })).toEqual(['a __proto__: 1 -> undefined']);
  });

  it('tell nothing from null, text from numbers, and one shape from another', () => {
    expect(said({ a: null, b: '1', c: [1], d: {} }, { b: 1, c: { x: 1 }, d: [] })).toEqual(['a: null -> undefined', 'b: "1" -> 1', 'c: [1] -> {"x":1}', 'd: {} -> []']);
  });
});

describe('lists are known by what their members are known by', () => {
  it.each([
    ['containers', { name: 'a', image: 'x:1' }, { name: 'a', image: 'x:2' }, '[name=a] image: "x:1" -> "x:2"'],
    ['env', { name: 'A', value: '1' }, { name: 'A', value: '2' }, '[name=A] value: "1" -> "2"'],
    ['volumeMounts', { name: 'v', mountPath: '/a', readOnly: true }, { name: 'v', mountPath: '/a', readOnly: false }, '[name=v] readOnly: true -> false'],
    ['ports', { port: 80, protocol: 'TCP', nodePort: 1 }, { port: 80, protocol: 'TCP', nodePort: 2 }, '[port=80,protocol=TCP] nodePort: 1 -> 2'],
    ['ports', { containerPort: 80, hostPort: 1 }, { containerPort: 80, hostPort: 2 }, '[containerPort=80] hostPort: 1 -> 2'],
    ['hostAliases', { ip: '1.1.1.1', hostnames: ['a'] }, { ip: '1.1.1.1', hostnames: ['b'] }, '[ip=1.1.1.1] hostnames [0]: "a" -> "b"'],
    ['rules', { host: 'a.example', x: 1 }, { host: 'a.example', x: 2 }, '[host=a.example] x: 1 -> 2'],
    ['rules', { alert: 'A', for: '1m' }, { alert: 'A', for: '2m' }, '[alert=A] for: "1m" -> "2m"'],
    ['rules', { record: 'a:b', expr: '1' }, { record: 'a:b', expr: '2' }, '[record=a:b] expr: "1" -> "2"'],
    ['conditions', { type: 'Ready', status: 'x' }, { type: 'Ready', status: 'y' }, '[type=Ready] status: "x" -> "y"'],
    ['solvers', { http01: { ingress: { class: 'a' } } }, { http01: { ingress: { class: 'b' } } }, '[http01] http01 ingress class: "a" -> "b"'],
    ['destinations', { server: 's', namespace: 'n', x: 1 }, { server: 's', namespace: 'n', x: 2 }, '[server=s,namespace=n] x: 1 -> 2'],
    ['tolerations', { key: 'k', operator: 'Exists', tolerationSeconds: 1 }, { key: 'k', operator: 'Exists', tolerationSeconds: 2 }, '[key=k,operator=Exists] tolerationSeconds: 1 -> 2'],
  ])('%s %j', (list, before, after, change) => {
    expect(said({ [list]: [before] }, { [list]: [after] })).toEqual([`${list} ${change}`]);
  });

  it('and not by their index, which another member in front of them changes', () => {
    expect(said({ env: [{ name: 'A', value: '1' }] }, { env: [{ name: 'B', value: '0' }, { name: 'A', value: '2' }] })).toEqual([
      'env [name=A] value: "1" -> "2"', 'env [name=B]: undefined -> {"name":"B","value":"0"}',
    ]);
  });

  it('and by another key where one does not tell them apart', () => {
    const mount = (mountPath: string, readOnly: boolean) => ({ name: 'data', mountPath, readOnly });
    expect(said({ volumeMounts: [mount('/a', true), mount('/b', true)] }, { volumeMounts: [mount('/b', false), mount('/a', true)] })).toEqual([
      'volumeMounts [mountPath=/b] readOnly: true -> false',
      'volumeMounts: ["mountPath=/a","mountPath=/b"] -> ["mountPath=/b","mountPath=/a"]',
    ]);
  });

  it('a member that comes or goes does so as a whole', () => {
    expect(said({ env: [{ name: 'A', value: '1' }] }, { env: [{ name: 'B', value: '2' }] })).toEqual([
      'env [name=A]: {"name":"A","value":"1"} -> undefined', 'env [name=B]: undefined -> {"name":"B","value":"2"}',
    ]);
  });
});

describe('lists whose members have no name', () => {
  it('are compared by their longest common part', () => {
    expect(said({ args: ['a', 'b', 'c', 'd'] }, { args: ['x', 'a', 'c', 'e', 'f'] })).toEqual([
      'args [0]: undefined -> "x"', 'args [1]: "b" -> undefined', 'args [3]: "d" -> "e"', 'args [4]: undefined -> "f"',
    ]);
    expect(said({ pg_hba: ['host a', 'host b'] }, { pg_hba: ['host b', 'host a'] })).toHaveLength(2);
    expect(said({ args: ['a', 'a'] }, { args: ['a'] })).toEqual(['args [1]: "a" -> undefined']);
  });

  it('are sets where the order says nothing', () => {
    expect(said({ syncOptions: ['a', 'b'], egress: [{ to: [{ x: 1 }] }, {}] }, { syncOptions: ['b', 'a'], egress: [{}, { to: [{ x: 1 }] }] })).toEqual([]);
    expect(said({ syncOptions: ['a', 'b'] }, { syncOptions: ['b'] })).toEqual(['syncOptions [0]: "a" -> undefined']);
    expect(said({ syncOptions: ['a', 'a'] }, { syncOptions: ['a'] })).toHaveLength(1);
  });
});

describe('of any two values', () => {
  const value = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: 'small' }, fc.constantFrom(null, 0, 1, '', 'a', true), fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(fc.constantFrom('name', 'a', 'port', 'syncArgs'), tie('tree'), { maxKeys: 3 })),
  })).tree;

  it('the same ones have no difference, others have one', () => {
    fc.assert(fc.property(value, value, (a, b) => {
      expect(said({ a }, { a: structuredClone(a) })).toEqual([]);
      const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(said({ a }, { a: b }).length === 0).toBe(same);
    }), { numRuns: 2000 });
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)])) : value;
}
