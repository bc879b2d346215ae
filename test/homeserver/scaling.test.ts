import { describe, expect, it } from 'vitest';
import { demandOfHomeserver } from '../../lib/budget/ess';
import { emit } from '../../lib/gitops/emit';
import { scaledDeployments, scalers } from '../../lib/homeserver/scaling';
import { HomeserverUnit } from '../../lib/homeserver/unit';
import { demo, repository } from './example';

const scaled = demo({ mas: { replicas: { max: 3 } }, elementWeb: { replicas: { min: 2, max: 4, cpu: 60 } }, haproxy: { replicas: 2 } });
const application = (of = scaled) => emit(new HomeserverUnit(of, repository)).documents.find(({ path }) => path === 'argocd/apps/homeservers/matrix-demo.yaml')!.manifest['spec'] as any;

describe('a scale', () => {
  it('is a HorizontalPodAutoscaler of the chart\'s Deployment', () => {
    expect(scalers(scaled).map(({ spec }: any) => [spec.scaleTargetRef.name, spec.minReplicas, spec.maxReplicas, spec.metrics[0].resource.target.averageUtilization])).toEqual([
      ['matrix-demo-matrix-authentication-service', 1, 3, 80], ['matrix-demo-element-web', 2, 4, 60],
    ]);
  });

  it('is Argo CD\'s business in nothing, neither to see nor to set', () => {
    const { ignoreDifferences, syncPolicy, source } = application();
    expect(ignoreDifferences).toEqual(scaledDeployments(scaled).map((name) => ({ group: 'apps', kind: 'Deployment', name, jsonPointers: ['/spec/replicas'] })));
    expect(syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
    expect(source.helm.valuesObject.elementWeb.replicas).toBe(2);
  });

  it('changes nothing where there is none', () => {
    const { ignoreDifferences, syncPolicy } = application(demo());
    expect(ignoreDifferences).toBeUndefined();
    expect(syncPolicy.syncOptions).not.toContain('RespectIgnoreDifferences=true');
    expect(scalers(demo())).toEqual([]);
  });

  it('counts with its most, in pods and in connections', () => {
    const { pods } = demandOfHomeserver(scaled);
    expect(pods.find(({ name }) => name === 'element-web')!.replicas).toBe(4);
    expect(scaled.databases.find(({ service }) => service === 'mas')!.connectionLimit).toBe(35);
  });

  it('rests while the homeserver does', () => {
    expect(scalers({ ...scaled, state: 'stopped' })).toEqual([]);
    expect(application({ ...scaled, state: 'stopped' }).ignoreDifferences).toBeUndefined();
  });
});
