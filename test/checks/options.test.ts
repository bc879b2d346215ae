import { describe, expect, it } from 'vitest';
import { acceptOptions, type Words } from '../../lib/checks';
import { patternWords } from '../../lib/checks/options';
import { fleetType, homeserverType } from '../../lib/options';
import schema from '../../lib/options/schema.json';
import { homeserver, main } from '../fixtures/fixture';

const { validate, schema: homeserverSchema } = homeserverType;
const found = (options: unknown, path = '') => acceptOptions({ file: 'instances/list.ts', path, options } satisfies Words, validate, homeserverSchema).findings;
const usable = (options: unknown) => acceptOptions({ file: 'instances/demo.ts', path: '', options }, validate, homeserverSchema).options;

describe('options', () => {
  it('have words for every pattern of their types, and for no other', () => {
    const patterns = new Set([...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!) as string));
    expect(Object.keys(patternWords).sort()).toEqual([...patterns].sort());
  });

  it('are named by their place in the file', () => {
    expect(found({ ...homeserver('demo', 30011), mass: false }, '[2]').map(({ path }) => path)).toEqual(['[2].mass']);
    expect(found(5, 'homeservers[0]').map(({ path, message }) => `${path} ${message}`)).toEqual(['homeservers[0] must be an object, is 5']);
  });

  it('are all judged at once, whatever else is wrong', () => {
    const options = { ...homeserver('demo', 30011), mass: false, haproxy: { replicas: '2' }, redis: () => 1, registration: 'opne' };
    expect(found(options).map(({ rule, path }) => `${rule} ${path}`).sort()).toEqual([
      'option-choice registration', 'option-not-data redis', 'option-type haproxy.replicas', 'option-unknown mass',
    ]);
  });

  it('whose getter throws are no reason to fall over', () => {
    const options = Object.defineProperty(homeserver('demo', 30011), 'mas', { enumerable: true, get: () => { throw new Error('no'); } });
    expect(found(options).map(({ path, message }) => `${path} ${message}`)).toEqual(['mas a getter that throws no is no plain data']);
  });
});

describe('usable options', () => {
  it('are the options without what is wrong', () => {
    expect(usable({ ...homeserver('demo', 30011), mass: false, haproxy: { replicas: '2' } })).toEqual({ ...homeserver('demo', 30011), haproxy: {} });
  });

  it('lose a whole of which a part is missing then', () => {
    expect(usable({ ...homeserver('demo', 30011), origin: { restoredFrom: 'nowhere' } })).toEqual(homeserver('demo', 30011));
    const fleet = { ...main, cluster: { ...main.cluster, nodes: [{ count: 1, cpu: 4, memory: '4Gi' }, ...main.cluster.nodes], nodePorts: { from: 'x', to: 32767 } } };
    expect(acceptOptions({ file: 'main.ts', path: '', options: fleet }, fleetType.validate, fleetType.schema).options).toEqual(main);
  });

  it('are none where a name is wrong or missing', () => {
    expect(usable({ ...homeserver('demo', 30011), name: 'Demo' })).toBeUndefined();
    expect(usable({ name: 'demo' })).toBeUndefined();
    expect(usable(null)).toBeUndefined();
  });

  it('leave the user\'s own as they are', () => {
    const options = { ...homeserver('demo', 30011), mass: false };
    usable(options);
    expect(options).toHaveProperty('mass');
  });
});
