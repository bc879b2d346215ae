import { describe, expect, it } from 'vitest';
import { amountsOf, amountsOfPod } from '../../lib/budget/pod';

const mi = 2 ** 20;
const container = (cpu: string, memory: string, more: Record<string, unknown> = {}) => ({ resources: { requests: { cpu, memory } }, ...more });

describe('what a container sets aside', () => {
  it('is counted in thousandths of a core, rounded up, and in bytes', () => {
    expect(amountsOf({ requests: { cpu: '0.1', memory: '64Mi' }, limits: { memory: '1Gi' } })).toEqual({ cpu: 100, memory: 64 * mi, memoryLimit: 1024 * mi });
    expect(amountsOf({ requests: { cpu: '1500u' } }).cpu).toBe(2);
  });

  it('is its limit where it requests nothing, and its limit what it requests where it has none', () => {
    expect(amountsOf({ limits: { cpu: 2, memory: '1Gi' } })).toEqual({ cpu: 2000, memory: 1024 * mi, memoryLimit: 1024 * mi });
    expect(amountsOf({ requests: { memory: '64Mi' } }).memoryLimit).toBe(64 * mi);
  });

  it('is nothing where nothing, or nonsense, is said', () => {
    for (const resources of [undefined, null, 'x', { requests: { cpu: 'much', memory: [] } }]) expect(amountsOf(resources)).toEqual({ cpu: 0, memory: 0, memoryLimit: 0 });
  });
});

describe('what the scheduler sets aside for a pod', () => {
  it('is the sum of its containers, or the hungriest that runs before them', () => {
    const containers = [container('100m', '10Mi'), container('50m', '20Mi')];
    expect(amountsOfPod({ containers })).toMatchObject({ cpu: 150, memory: 30 * mi });
    expect(amountsOfPod({ containers, initContainers: [container('120m', '40Mi'), container('10m', '1Mi')] })).toMatchObject({ cpu: 150, memory: 40 * mi });
  });

  it('has the sidecars beside its containers, and beside what starts after them', () => {
    const sidecar = container('30m', '30Mi', { restartPolicy: 'Always' });
    const early = container('100m', '1Mi');
    expect(amountsOfPod({ containers: [container('50m', '20Mi')], initContainers: [early, sidecar] })).toMatchObject({ cpu: 100, memory: 50 * mi });
    expect(amountsOfPod({ containers: [container('50m', '20Mi')], initContainers: [sidecar, early] })).toMatchObject({ cpu: 130, memory: 50 * mi });
  });
});
