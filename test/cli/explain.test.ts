import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePath } from '../../lib/cli/explain';
import { everyPath, locate, turnsInto } from '../../lib/cli/explaining';
import { proxiedOptions } from '../../lib/homeserver/proxied';
import { fleetOf } from '../inventory/fleet';
import { FleetFolder } from './fleet-folder';

let fleet: FleetFolder;
beforeAll(() => {
  fleet = new FleetFolder();
  fleet.edit('main.ts', { '  platform: {': "  defaults: { registration: 'token', synapse: { media: { size: '20Gi' } } },\n  platform: {" });
});
afterAll(() => fleet.remove());

const json = (...args: string[]) => JSON.parse(fleet.run(['explain', ...args, '-o', 'json']).stdout);

describe('explain', () => {
  it('says what an option means, its default, and the value that each homeserver has', () => {
    const { status, stdout } = fleet.run(['explain', 'synapse.resources.limits.memory']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}type +string$/m);
    expect(stdout).toMatch(/^ {2}default +synapse\.resources: 100m CPU and 256Mi, at most 1Gi$/m);
    expect(stdout).toMatch(/^ {2}t0rt1k +2Gi +instances\/t0rt1k\.ts: synapse\.resources\.limits\.memory$/m);
    expect(stdout).toMatch(/^ {2}uretra +1Gi +default: /m);
  });

  it('tells a homeserver\'s own words from the fleet\'s defaults', () => {
    expect(json('synapse.media.size', '--of', 'uretra').values).toEqual([{ of: 'uretra', value: '20Gi', from: 'main.ts: defaults.synapse.media.size' }]);
    expect(json('rtc.tcp', '--of', 'uretra').values).toEqual([{ of: 'uretra', value: 30017, from: 'instances/uretra.ts: rtc.tcp' }]);
    expect(json('synapse.host', '--of', 'uretra').values).toEqual([{ of: 'uretra', value: 'matrix.uretra.space', from: 'default: matrix.<serverName>' }]);
  });

  it('names the objects and fields that an option turns into', () => {
    expect(json('synapse.media.size', '--of', 'uretra').turnsInto.effects).toEqual([{
      file: 'manifests/matrix-uretra-base/persistentvolumeclaim-matrix-uretra-media.yaml', object: 'PersistentVolumeClaim matrix-uretra/matrix-uretra-media',
      what: 'changes', fields: ['spec.resources.requests.storage'],
    }]);
    expect(json('platform.postgres.size').turnsInto.effects).toMatchObject([{ object: 'Cluster cnpg/shared-pg', fields: ['spec.storage.size'] }]);
    expect(json('mas', '--of', 'uretra').turnsInto).toMatchObject({ probe: false, effects: expect.arrayContaining([expect.objectContaining({ object: 'Database cnpg/mas-uretra', what: 'goes' })]) });
    expect(fleet.run(['explain', 'cluster.nodes']).stdout).toContain('turns into nothing here');
  });

  it.each([
    [['tcp'], 'there is no option tcp; did you mean rtc.tcp?'],
    [['synapse.medai.size'], 'there is no option synapse.medai.size; did you mean synapse.media.size?'],
    [['synapse.nonsense'], 'there is no option synapse.nonsense; known here: synapse.'],
    [[''], 'there is no option ; '],
    [['name', '--of', 'uretar'], 'there is no homeserver uretar; did you mean uretra?'],
    [['platform.gitea', '--of', 'uretra'], 'platform.gitea is an option of main.ts, and no homeserver\'s; leave out --of'],
  ])('%j is said in one line, with what to do', (args, message) => {
    const { status, stdout, stderr } = fleet.run(['explain', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.startsWith(`matrix-fleet: ${message}`), stderr).toBe(true);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('explains what it can of a fleet that is wrong', () => {
    const wrong = new FleetFolder();
    wrong.write('main.ts', 'export default {');
    const { status, stdout, stderr } = wrong.run(['explain', 'rtc.tcp']);
    expect(status).toBe(2);
    expect(stdout).toContain('Port for media over TCP.');
    expect(stderr).toContain('main.ts');
    wrong.remove();
  });
});

describe('what options turn into', () => {
  it('is found for every option of a homeserver that has one, and nothing is built wrongly on the way', () => {
    // What an option stands in must be there, and not all of them go together.
    const fleets = [
      fleetOf([{ hookshot: true, synapse: { workers: { pusher: {} } } }]),
      fleetOf([{
        identityProviders: [{ id: 'sso', issuer: 'https://sso.example.org', clientId: '1' }],
        images: { registry: 'quay.io/example' },
        synapse: { media: { nfs: { server: 'nfs.example.org', path: '/media' } } },
        rtc: { tcp: 30011, udp: false, exposure: 'LoadBalancer', loadBalancer: { annotations: {} }, publicIp: '192.0.2.1' },
        database: { external: { host: 'db.example.org', ca: { kind: 'ConfigMap', name: 'ca' }, initialise: {} } },
        ...Object.fromEntries(['mas', 'elementWeb', 'elementAdmin', 'haproxy'].map((component) => [component, { replicas: { max: 3 } }])),
      }]),
      fleetOf([{
        hookshot: { host: 'hooks.example.org' }, elementCall: true, companions: { maubot: true },
        rtc: { tcp: 30011, udp: 30012, dynamicAddress: { stun: 'stun.example.org:3478' } }, synapse: { media: { backup: { schedule: '30 3 * * *', claim: 'backups' } } },
        nodePorts: Object.fromEntries(proxiedOptions.map((option, index) => [option, 30100 + index])),
      }], { cluster: { proxy: { address: '192.0.2.7' } }, platform: { gitea: { host: 'git.example.org', nodePort: 30200 }, argocd: { host: 'argocd.example.org', nodePort: 30201 } } }),
    ];
    const hasEffect = (path: string) => fleets.some((traced) => turnsInto(traced, traced.homeservers[0], parsePath(path)).effects.length > 0);
    const without = everyPath().filter((path) => {
      const located = locate(parsePath(path));
      return 'option' in located && !located.ofMain && !hasEffect(path);
    });
    // Words to this program, not to the cluster; lists, and what a map that takes anything is for, while it is empty.
    const silent = /^(intends|values|manifests|synapse\.expectedDatabaseSize|identityProviders(\[0\]\.scopes)?$|elementWeb\.config$|rtc\.loadBalancer|synapse\.media\.nfs(\.mountOptions)?$|database\.external\.(ca|initialise|synapse|mas)$|nodePorts$)/;
    expect(without.filter((path) => !silent.test(path))).toEqual([]);
  });

  it('is found for what is added raw', () => {
    const traced = fleetOf([{ values: { synapse: { podSecurityContext: { fsGroup: 1 } } } as object }]);
    expect(turnsInto(traced, traced.homeservers[0], ['values', 'synapse']).effects).toMatchObject([{ object: 'Application argocd/matrix-h0' }]);
  });
});

describe('a path', () => {
  it.each([
    ['rtc.tcp', ['rtc', 'tcp']], ['cluster.nodes[1].memory', ['cluster', 'nodes', 1, 'memory']], ['cluster.nodes[].memory', ['cluster', 'nodes', 0, 'memory']],
    ['values["a.b"].c', ['values', 'a.b', 'c']], ['', []],
  ])('%s is read as steps', (text, steps) => expect(parsePath(text)).toEqual(steps));
});
