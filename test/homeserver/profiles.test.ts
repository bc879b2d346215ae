import { describe, expect, it } from 'vitest';
import { demo } from './example';

describe('a profile', () => {
  it('says what nobody else does', () => {
    const { issuer, synapse, mas } = demo({ profile: 'development' });
    expect(issuer).toBe('letsencrypt-staging');
    expect(synapse.media.size).toBe('2Gi');
    expect(mas && mas.resources.limits).toEqual({ memory: '256Mi' });
  });

  it('gives way to the fleet\'s defaults, and these to the homeserver', () => {
    const { elementWeb, haproxy, mas } = demo({ elementWeb: { replicas: 4 } }, { profile: 'production', elementWeb: { replicas: 3 }, haproxy: { replicas: 3 } });
    expect([elementWeb && elementWeb.replicas, haproxy.replicas, mas && mas.replicas]).toEqual([4, 3, 2]);
  });

  it('of the homeserver takes the place of the fleet\'s', () => {
    expect(demo({ profile: 'production' }, { profile: 'test' }).issuer).toBe('letsencrypt-production');
  });
});
