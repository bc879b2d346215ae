import { describe, expect, it } from 'vitest';
import { demandOfHomeserver } from '../../lib/budget/ess';
import { listAt } from '../../lib/checks/path';
import { emit } from '../../lib/gitops/emit';
import { scaledDeployments, scalers } from '../../lib/homeserver/scaling';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { demo, repository } from './example';

const scaled = demo({ mas: { replicas: { max: 3 } }, elementWeb: { replicas: { min: 2, max: 4, cpu: 60 } }, haproxy: { replicas: 2 } });
const application = (of = scaled) => emit(new HomeserverUnit(of, repository)).documents.find(({ path }) => path === 'argocd/apps/homeservers/matrix-demo.yaml')!.manifest;
const syncOptions = (of = scaled) => listAt(application(of), ['spec', 'syncPolicy', 'syncOptions']);

describe('a scale', () => {
  it('is a HorizontalPodAutoscaler of the chart\'s Deployment', () => {
    const scaler = (name: string, minReplicas: number, maxReplicas: number, averageUtilization: number) =>
      ({ spec: { scaleTargetRef: { name }, minReplicas, maxReplicas, metrics: [{ resource: { target: { averageUtilization } } }] } });
    expect(scalers(scaled)).toMatchObject([scaler('matrix-demo-matrix-authentication-service', 1, 3, 80), scaler('matrix-demo-element-web', 2, 4, 60)]);
  });

  it('is Argo CD\'s business in nothing, neither to see nor to set', () => {
    expect(application()).toHaveProperty('spec.ignoreDifferences', scaledDeployments(scaled).map((name) => ({ group: 'apps', kind: 'Deployment', name, jsonPointers: ['/spec/replicas'] })));
    expect(syncOptions()).toContain('RespectIgnoreDifferences=true');
    expect(application()).toHaveProperty('spec.source.helm.valuesObject.elementWeb.replicas', 2);
  });

  it('changes nothing where there is none', () => {
    expect(application(demo())).not.toHaveProperty('spec.ignoreDifferences');
    expect(syncOptions(demo())).toEqual(syncOptions().filter((option) => option !== 'RespectIgnoreDifferences=true'));
    expect(scalers(demo())).toEqual([]);
  });

  it('counts with its most, in pods and in connections', () => {
    const { pods } = demandOfHomeserver(scaled);
    expect(pods.find(({ name }) => name === 'element-web')!.replicas).toBe(4);
    expect(scaled.databases.find(({ service }) => service === 'mas')!.connectionLimit).toBe(35);
  });

  it('rests while the homeserver does', () => {
    expect(scalers({ ...scaled, state: 'stopped' })).toEqual([]);
    expect(application({ ...scaled, state: 'stopped' })).not.toHaveProperty('spec.ignoreDifferences');
  });
});
