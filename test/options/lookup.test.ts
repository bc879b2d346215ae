import { describe, expect, it } from 'vitest';
import { fleetType, homeserverType } from '../../lib/options';
import { findOption, optionPaths, optionText } from '../../lib/options/lookup';

const textOf = (...path: (string | number)[]) => optionText(findOption(homeserverType, path)!, homeserverType);

describe('an option, looked up by its path', () => {
  it('is found in maps, in what may also be false, and in lists', () => {
    expect(textOf('synapse', 'media', 'size')).toEqual({ type: 'string', default: '10Gi', description: expect.stringMatching(/^Size of the volume for uploaded files\. .*\.$/), members: [] });
    expect(textOf('rtc')).toMatchObject({ type: 'false or map', default: undefined, members: ['authoriser', 'dynamicAddress', 'exposure', 'host', 'loadBalancer', 'publicIp', 'resources', 'tcp', 'udp'] });
    expect(textOf('rtc', 'tcp')).toMatchObject({ type: 'integer', default: undefined });
    expect(findOption(fleetType, ['cluster', 'nodes', 0, 'memory'])).toMatchObject({ required: true });
  });

  it('shows a computed default in words, and no marks of Markdown', () => {
    expect(textOf('synapse', 'host').default).toBe('matrix.<serverName>');
    expect(textOf('synapse', 'resources').type).toBe('resources');
  });

  it('is the map that takes anything, for whatever stands below it', () => {
    expect(findOption(homeserverType, ['values', 'synapse', 'anything'])).toEqual(findOption(homeserverType, ['values']));
  });

  it.each([[['nonsense']], [['synapse', 'nonsense']], [['synapse', 'host', 'x']], [['rtc', 0]], [['constructor']], [['synapse', 'toString']]])('%j is none', (path) => {
    expect(findOption(homeserverType, path)).toBeUndefined();
  });

  it('has each of its paths found', () => {
    for (const type of [homeserverType, fleetType]) {
      const paths = optionPaths(type);
      expect(paths.length).toBeGreaterThan(60);
      for (const path of paths) expect(findOption(type, path.split('.').flatMap((part) => (part.endsWith('[0]') ? [part.slice(0, -3), 0] : [part]))), path).toBeDefined();
    }
    expect(optionPaths(homeserverType)).toEqual(expect.arrayContaining(['rtc.tcp', 'synapse.workers.federation-sender.replicas']));
    expect(optionPaths(fleetType)).toEqual(expect.arrayContaining(['platform.postgres.size', 'cluster.nodes[0].memory', 'defaults']));
  });
});
