import type { k8s } from 'cdk8s-plus-30';
import { describe, expect, test } from 'vitest';
import type { ApplicationSpec } from '../../imports/bindings/argoproj.io';
import type { ClusterSpec } from '../../imports/bindings/postgresql.cnpg.io';
import type { EssValues } from '../../imports/ess-values';
import type { Plain } from '../../imports/plain';

/** The type check's tests: a line marked `@ts-expect-error` that is no error is one. What runs shows that types change nothing. */
describe('Plain', () => {
  test('has the names of the manifest', () => {
    const spec: Plain<ApplicationSpec> = {
      project: 'platform',
      destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
      source: { repoURL: 'ghcr.io/element-hq/ess-helm', chart: 'matrix-stack', helm: { valuesObject: { a: [1] } } },
    };
    // @ts-expect-error the generated class calls it repoUrl, a manifest does not
    const camel: Plain<ApplicationSpec>['source'] = { repoUrl: 'ghcr.io/element-hq/ess-helm' };
    expect([Object.keys(spec.source!)[0], Object.keys(camel!)[0]]).toEqual(['repoURL', 'repoUrl']);
  });

  test('takes strings for enums and numbers or strings for IntOrString and Quantity', () => {
    const cluster: Plain<ClusterSpec> = { instances: 3, logLevel: 'debug', resources: { requests: { cpu: '500m', memory: 1024 } } };
    // @ts-expect-error no such level
    const wrong: Plain<ClusterSpec> = { instances: 3, logLevel: 'loud' };
    const service: Plain<k8s.ServiceSpec> = { clusterIP: 'None', ports: [{ port: 80, targetPort: 'http' }] };
    // @ts-expect-error a port is a number
    const port: Plain<k8s.ServiceSpec> = { ports: [{ port: '80' }] };
    expect([cluster.logLevel, wrong.logLevel, service.clusterIP, port.ports![0]!.port]).toEqual(['debug', 'loud', 'None', '80']);
  });

  test('keeps what is required, and maps as they are', () => {
    const selector: Plain<k8s.LabelSelector> = { matchLabels: { clusterIp: 'a label, not a property' } };
    // @ts-expect-error the template is missing
    const deployment: Plain<k8s.DeploymentSpec> = { selector };
    const environment: Plain<k8s.EnvVar> = { name: 'A', value: 'b' };
    // @ts-expect-error a variable is no number
    const number: Plain<k8s.EnvVar> = { name: 'A', value: 1 };
    expect([deployment.selector, environment.value, number.value]).toEqual([selector, 'b', 1]);
  });
});

describe('EssValues', () => {
  test('names every key, and no other', () => {
    const values: EssValues = {
      serverName: 'example.org',
      synapse: { media: { storage: { size: '10Gi' } }, workers: { 'federation-inbound': { enabled: true } } },
    };
    // @ts-expect-error the key is serverName
    const misspelt: EssValues = { servername: 'example.org' };
    // @ts-expect-error a size is a string
    const size: EssValues = { synapse: { media: { storage: { size: 10 } } } };
    expect([values.serverName, Object.keys(misspelt), size.synapse?.media?.storage?.size]).toEqual(['example.org', ['servername'], 10]);
  });
});
