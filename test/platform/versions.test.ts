import { describe, expect, it } from 'vitest';
import { kubernetesVersions } from '../../imports';
import { pins, untested } from '../../lib/platform/versions';

describe('the pins', () => {
  it('all fit Kubernetes 1.32, the plan\'s', () => {
    expect(untested('1.32')).toEqual([]);
  });

  it('say which component nobody tests on an older one', () => {
    expect(untested('1.31')).toEqual(['argocd', 'certManager']);
  });

  it('know every version of Kubernetes whose definitions are here', () => {
    for (const version of kubernetesVersions) expect(untested(version).length, version).toBeLessThan(Object.keys(pins).length);
  });

  it('name charts as Argo CD does: no oci:// beside a chart', () => {
    for (const pin of Object.values(pins)) expect(JSON.stringify(pin)).not.toContain('oci://');
  });
});
