import { describe, expect, it } from 'vitest';
import { objectsOf, platform } from './example';

describe('the operator of PostgreSQL', () => {
  const objects = objectsOf(platform());

  it('comes before its plugin, which comes before the cluster', () => {
    expect(objects.wave('cloudnative-pg')).toBeLessThan(objects.wave('barman-cloud'));
    expect(objects.wave('barman-cloud')).toBeLessThan(objects.wave('postgres'));
  });

  it('waits for nothing of the plugin, but the plugin for cert-manager', () => {
    expect(objects.wave('cert-manager')).toBeLessThan(objects.wave('barman-cloud'));
  });

  it('shares its namespace with the plugin, and makes it', () => {
    const [operator, plugin] = ['cloudnative-pg', 'barman-cloud'].map((name) => objects.get('Application', name).spec);
    expect(plugin.destination).toEqual(operator.destination);
    expect(operator.syncPolicy.syncOptions).toContain('CreateNamespace=true');
    expect(plugin.syncPolicy.syncOptions).not.toContain('CreateNamespace=true');
  });

  it('is applied by the server, since its definitions are too large for an annotation', () => {
    expect(objects.get('Application', 'cloudnative-pg').spec.syncPolicy.syncOptions).toContain('ServerSideApply=true');
  });

  it('is watched only where something watches', () => {
    expect(objects.values('cloudnative-pg').monitoring).toEqual({ podMonitorEnabled: true });
    expect(objectsOf(platform({ monitoring: false })).values('cloudnative-pg').monitoring).toEqual({ podMonitorEnabled: false });
  });
});
