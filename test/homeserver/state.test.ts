import { describe, expect, it } from 'vitest';
import { essVersions } from '../../imports';
import { essComplaints } from '../../lib/checks/ess-values';
import { valueAt } from '../../lib/checks/path';
import { emit } from '../../lib/gitops/emit';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { chartValues } from '../../lib/homeserver/values';
import { demo, repository } from './example';

const components = ['synapse', 'matrixAuthenticationService', 'elementWeb', 'elementAdmin', 'matrixRTC', 'hookshot', 'wellKnownDelegation', 'postgres'];
const everything: Partial<HomeserverOptions> = { hookshot: true, synapse: { workers: { 'client-reader': { replicas: 2 } } }, registration: 'token' };
const emitted = (own: Partial<HomeserverOptions>) => emit(new HomeserverUnit(demo({ ...everything, ...own }), repository));

describe.each(['stopped', 'retired'] as const)('a %s homeserver', (state) => {
  it.each(essVersions)('has every component off, by values that chart %s takes', (chartVersion) => {
    const values = chartValues(demo({ ...everything, state, chartVersion, origin: { restoredFrom: 'ess' } }));
    for (const component of components) expect(valueAt(values, [component, 'enabled']), component).toBe(false);
    expect(essComplaints(values, chartVersion)).toEqual([]);
  });

  it('has nothing switched on again by raw values, nulls among them', () => {
    const raw = { synapse: { enabled: true }, postgres: { enabled: true }, elementWeb: { enabled: true }, matrixRTC: null } as unknown as HomeserverOptions['values'];
    const values = chartValues(demo({ state, values: raw! }));
    for (const component of components) expect(valueAt(values, [component, 'enabled']), component).toBe(false);
  });

  it('keeps what it stores, its names and its policies: nothing differs but its ESS Application', () => {
    const [running, resting] = [emitted({}), emitted({ state })];
    expect(resting.files).toEqual(running.files);
    expect(resting.documents.map(({ path }) => path)).toEqual(running.documents.map(({ path }) => path));
    const changed = resting.documents.filter((document, index) => JSON.stringify(document) !== JSON.stringify(running.documents[index]));
    expect(changed.map(({ path }) => path)).toEqual(['argocd/apps/homeservers/matrix-demo.yaml']);
  });

  it('may come to have no object, and says why', () => {
    const application = emitted({ state }).documents.find(({ path }) => path.endsWith('/matrix-demo.yaml'))!.manifest;
    expect(application.metadata.labels).toEqual({ 'matrix-fleet/state': state });
    expect(application['spec']).toMatchObject({
      source: { helm: { releaseName: 'matrix-demo', valuesObject: { serverName: 'example.org', synapse: { ingress: { host: 'matrix.example.org' } } } } },
      syncPolicy: { automated: { prune: true, allowEmpty: true } },
    });
  });

  it('keeps its ports', () => {
    expect(demo({ state }).rtc).toMatchObject({ tcp: 30015, udp: 30016 });
  });
});

it('a running homeserver says nothing of states', () => {
  const application = emitted({}).documents.find(({ path }) => path.endsWith('/matrix-demo.yaml'))!.manifest;
  expect(application.metadata).not.toHaveProperty('labels');
  expect(application['spec']).not.toHaveProperty(['syncPolicy', 'automated', 'allowEmpty']);
});
