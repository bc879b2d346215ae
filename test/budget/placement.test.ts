import { describe, expect, it } from 'vitest';
import { emptyNodes, place } from '../../lib/budget/placement';
import type { Pods } from '../../lib/budget/pod';

const pods = (name: string, own: Partial<Pods> = {}): Pods =>
  ({ name, owner: 'x', cpu: 100, memory: 100, memoryLimit: 100, replicas: 1, everyNode: false, volumes: [], priority: 0, ...own });
const volume = { size: 1, storageClass: undefined };
const nodes = (count: number, volumes = Infinity) => emptyNodes([{ count, has: { cpu: 1000, memory: 1000, volumes } }]);
const names = (placed: ReturnType<typeof place>) => placed.nodes.map((node) => node.pods.map(({ name }) => name));

describe('pods on nodes', () => {
  it('go where most is left, what runs everywhere first', () => {
    expect(names(place(nodes(2), [pods('a', { memory: 500, cpu: 500 }), pods('b'), pods('c'), pods('d', { everyNode: true })]))).toEqual([['d', 'a'], ['d', 'b', 'c']]);
  });

  it('go by priority, else in their order', () => {
    expect(names(place(nodes(1), [pods('a'), pods('b', { priority: 1 }), pods('c')]))).toEqual([['b', 'a', 'c']]);
  });

  it('stay apart where they must, and have no home where every node has one', () => {
    const { nodes: placed, homeless } = place(nodes(2), [pods('a', { replicas: 3, apart: 'a' }), pods('b')]);
    expect(placed.map((node) => node.pods.map(({ name }) => name))).toEqual([['a', 'b'], ['a']]);
    expect(homeless.map(({ name }) => name)).toEqual(['a']);
  });

  it('go elsewhere where no disk can be attached any more', () => {
    const one = pods('a', { volumes: [volume] });
    expect(names(place(nodes(2, 1), [one, pods('b', { cpu: 600, memory: 600 }), pods('c', { volumes: [volume] })]))).toEqual([['a'], ['b', 'c']]);
  });

  it('go over where nothing has room, and the node says by how much: least of all', () => {
    const { nodes: [first, second] } = place(nodes(2), [pods('a', { memory: 900 }), pods('b', { memory: 800 }), pods('c', { memory: 250 })]);
    expect([first!.used.memory, second!.used.memory]).toEqual([900, 1050]);
  });

  it('go onto a node without disks if they need none, also where it is over', () => {
    const mixed = emptyNodes([{ count: 1, has: { cpu: 1000, memory: 1000, volumes: 7 } }, { count: 1, has: { cpu: 1000, memory: 1000, volumes: 0 } }]);
    const placed = place(mixed, [pods('disk', { memory: 900, volumes: [volume] }), pods('a', { memory: 800 }), pods('b', { memory: 300 })]);
    expect(names(placed)).toEqual([['disk'], ['a', 'b']]);
  });

  it('of thousands fill hundreds of nodes evenly', () => {
    const { nodes: placed } = place(nodes(300), [pods('a', { replicas: 2400 })]);
    expect(new Set(placed.map(({ used }) => used.memory))).toEqual(new Set([800]));
  });
});
