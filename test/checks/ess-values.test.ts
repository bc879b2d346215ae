import { describe, expect, it } from 'vitest';
import { essVersions, type EssVersion } from '../../imports';
import { coalesce, essComplaints } from '../../lib/checks/ess-values';
import { pathText } from '../../lib/checks/path';
import { merge } from '../../lib/merge';

type Values = Record<string, unknown>;

const database = (name: string) => ({ host: 'pg', port: 5432, user: name, database: name, password: { secret: 'databases', secretKey: name } });

/** Values that Helm takes at every version. */
const right: Values = {
  serverName: 'example.org',
  postgres: { enabled: false },
  synapse: { ingress: { host: 'matrix.example.org' }, postgres: database('synapse') },
  matrixAuthenticationService: { ingress: { host: 'account.example.org' }, postgres: database('mas') },
  elementWeb: { ingress: { host: 'chat.example.org' } },
  elementAdmin: { ingress: { host: 'admin.example.org' } },
  matrixRTC: { ingress: { host: 'mrtc.example.org' } },
  hookshot: { enabled: true },
};

const paths = (over: Values, version: EssVersion = '26.8.1') => essComplaints(merge(right, over) as Values, version).map(({ path }) => pathText(path));
const additional = (component: string, file: string, entry: unknown) => ({ [component]: { additional: { [file]: entry } } });

describe('the ESS chart', () => {
  it.each(essVersions)('takes right values at %s', (version) => {
    expect(essComplaints(right, version)).toEqual([]);
  });

  // Each as Helm 3.22 judges it with the chart itself.
  it.each<[string, Values, string]>([
    ['an unknown key', { synapse: { imagePullSecrets: [] } }, 'synapse.imagePullSecrets'],
    ['a choice that is none', { tolerations: [{ effect: 'NoSchedul' }] }, 'tolerations[0].effect'],
    ['a port as a number where a text is wanted', { matrixRTC: { sfu: { exposedServices: { rtcTcp: { nodePort: 30011 } } } } }, 'matrixRTC.sfu.exposedServices.rtcTcp.nodePort'],
    ['two issuers', { certManager: { clusterIssuer: 'a', issuer: 'b' } }, 'certManager'],
    ['a null that a template trips over', { tolerations: null }, 'tolerations'],
    ['one database for two', { matrixAuthenticationService: { postgres: { database: 'synapse' } } }, 'matrixAuthenticationService.postgres.database'],
    ['Hookshot that encrypts beside MAS', { hookshot: { enableEncryption: true } }, 'hookshot.enableEncryption'],
    ['a worker for logins beside MAS', { synapse: { workers: { 'sso-login': { enabled: true } } } }, 'synapse.workers.sso-login.enabled'],
    ['half a credential', { synapse: { macaroon: { secret: 'a' } } }, 'synapse.macaroon.secretKey'],
    ['a configuration that is no text', additional('synapse', 'a.yaml', { config: { a: 1 } }), 'synapse.additional["a.yaml"].config'],
    ['a configuration that is no YAML', additional('synapse', 'a.yaml', { config: 'a: [' }), 'synapse.additional["a.yaml"].config'],
    ['a configuration that holds itself', additional('synapse', 'a.yaml', { config: 'a: &a [*a]' }), 'synapse.additional["a.yaml"].config'],
    ['a configuration that is no map', additional('matrixAuthenticationService', 'a.yaml', { config: '- a' }), 'matrixAuthenticationService.additional["a.yaml"].config'],
    ['JSON that is none', additional('elementWeb', 'a.json', '{a'), 'elementWeb.additional["a.json"]'],
    ['braces that Helm would read', additional('hookshot', 'a.yaml', { config: 'a: "{{ user.name }}"' }), 'hookshot.additional["a.yaml"].config'],
    ['braces outside of quotes', additional('synapse', 'a.yaml', { config: 'a: {{ .Values.b }}' }), 'synapse.additional["a.yaml"].config'],
    ['a file that no Secret can hold', additional('synapse', 'a b.yaml', { config: 'a: 1' }), 'synapse.additional["a b.yaml"]'],
    ['a class that YAML takes for a map', { elementWeb: { priorityClassName: '{{ .Values.b }}' } }, 'elementWeb.priorityClassName'],
    ['a scheduler that is no name', { schedulerName: 'a: b' }, 'schedulerName'],
    ['a label that is none', { labels: { 'a b': 'c' } }, 'labels["a b"]'],
    ['a label with a blank', { synapse: { labels: { a: 'b c' } } }, 'synapse.labels.a'],
    ['a node that no label selects', { hookshot: { nodeSelector: { 'a/b/c': 'd' } } }, 'hookshot.nodeSelector["a/b/c"]'],
    ['an annotation without a name', { synapse: { ingress: { annotations: { 'a b': 'c d' } } } }, 'synapse.ingress.annotations["a b"]'],
    ['a path that leads nowhere', { synapse: { ingress: { additionalPaths: [{ path: '/x', availability: 'only_externally' }] } } }, 'synapse.ingress.additionalPaths[0].service'],
    ['braces in a volume, which Helm would read', { synapse: { extraVolumes: [{ name: 'x', configMap: { name: '{{ user.name }}' } }] } }, 'synapse.extraVolumes[0].configMap.name'],
    ['a name that no certificate takes', { certManager: { clusterIssuer: 'x' }, matrixRTC: { sfu: { exposedServices: { turnTLS: { enabled: true, domain: `turn.${'a'.repeat(48)}.example.org` } } } } }, 'matrixRTC.sfu.exposedServices.turnTLS.domain'],
    ['TURN over TLS without a certificate', { matrixRTC: { sfu: { exposedServices: { turnTLS: { enabled: true } } } } }, 'matrixRTC.sfu.exposedServices.turnTLS.tlsSecret'],
  ])('does not take %s', (_, over, path) => {
    expect(paths(over)).toContain(path);
  });

  it('does not take what came or went with another version', () => {
    expect(paths({ priorityClassName: 'x' }, '26.6.1')).toEqual(['priorityClassName']);
    expect(paths({ matrixRTC: { livekitAuth: { keysYaml: { secret: 'a', secretKey: 'b' } } } }, '26.8.1')).toEqual(['matrixRTC.livekitAuth.keysYaml']);
    expect(paths(additional('synapse', 'a.yaml', { config: 'a: ${B}' }), '26.7.2')).toEqual(['synapse.additional["a.yaml"].config']);
    expect(paths(additional('synapse', 'a.yaml', { config: 'a: ${B}' }), '26.8.1')).toEqual([]);
  });

  it('takes a number as a key, and a template that stands alone', () => {
    expect(paths(additional('synapse', 'a.yaml', { config: '1: 2' }))).toEqual([]);
    expect(paths(additional('hookshot', 'a.yaml', { config: 'a: {{ .Values.serverName }}' }))).toEqual([]);
    expect(paths({ elementWeb: { annotations: { 'example.org/A': 'b c' }, priorityClassName: '' } })).toEqual([]);
  });

  it('takes the longest name that a certificate takes, and a template in a volume', () => {
    expect(paths({ certManager: { clusterIssuer: 'x' }, matrixRTC: { sfu: { exposedServices: { turnTLS: { enabled: true, domain: `turn.${'a'.repeat(47)}.example.org` } } } } })).toEqual([]);
    expect(paths({ synapse: { extraVolumes: [{ name: 'x', configMap: { name: '{{ $.Release.Name }}-x' } }] } })).toEqual([]);
  });

  it('takes an empty configuration, a template that is meant, and nulls that it is made for', () => {
    expect(paths(additional('synapse', 'a.yaml', { config: '' }))).toEqual([]);
    expect(paths(additional('hookshot', 'a.yaml', { config: 'a: "{{ $.Values.serverName }}"' }))).toEqual([]);
    expect(paths({ synapse: { resources: null, nodeSelector: null }, elementWeb: { livenessProbe: { periodSeconds: null } } })).toEqual([]);
  });
});

describe('values as the schema sees them', () => {
  it('lie over the defaults; a null takes a default away and stays where there is none', () => {
    const shape = { a: { b: 'string', c: 'list' }, d: 'open map' };
    expect(coalesce({ a: { b: 'x' } }, { a: { b: null, c: null, e: null }, d: { f: null } }, shape)).toEqual({ a: { e: null }, d: { f: null } });
    expect(coalesce({ a: { b: 'x' } }, { a: [] }, shape)).toEqual({ a: [] });
  });
});
