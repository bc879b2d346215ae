import { describe, expect, it } from 'vitest';
import { essNotes, platformNotes } from '../../lib/diff/releases';

const ports = { matrixRTC: { sfu: { exposedServices: { rtcTcp: { port: 30011 }, rtcMuxedUdp: { port: 30012 } } } } };
const texts = (from: string, to: string, values: unknown = ports) => essNotes(from, to, values).map(({ text }) => text);

describe('what is known of releases', () => {
  it('names what comes after the old version, up to the new one', () => {
    expect(texts('26.7.2', '26.8.1').filter((text) => text.includes('26.7'))).toEqual([]);
    expect(texts('26.6.1', '26.7.2')).toContainEqual(expect.stringContaining('security: since 26.7.2'));
    expect(texts('26.8.1', '26.8.1')).toEqual([]);
  });

  it('names the versions of what runs, where both are known', () => {
    expect(texts('26.6.1', '26.8.1')).toContain('Synapse 1.154.0 → 1.159.0');
    expect(texts('26.7.2', '26.8.1')).toContain('Synapse 1.157.2 → 1.159.0');
    expect(texts('26.7.2', '26.8.1').some((text) => text.startsWith('LiveKit'))).toBe(false);
  });

  it('leaves out what does not touch this homeserver', () => {
    const moved = expect.stringContaining('the RTC ports are 30001 and 30002');
    expect(texts('26.2.3', '26.6.1')).not.toContainEqual(moved);
    expect(texts('26.2.3', '26.6.1', {})).toContainEqual(moved);
    expect(texts('26.2.3', '26.6.1', { matrixRTC: { enabled: false } })).not.toContainEqual(moved);
    const keys = expect.stringContaining('keysYaml');
    expect(texts('26.7.2', '26.8.1')).not.toContainEqual(keys);
    expect(texts('26.7.2', '26.8.1', { matrixRTC: { livekitAuth: { keysYaml: { secret: 'a' } } } })).toContainEqual(keys);
  });

  it('warns of another major version of a chart, and of an operator that restarts what it looks after', () => {
    expect(platformNotes('argo-cd', '9.5.0', '10.1.1').map(({ level }) => level)).toEqual(['action', 'outage']);
    expect(platformNotes('traefik', '41.3.0', '41.4.0')).toEqual([]);
    expect(platformNotes('cloudnative-pg', '0.29.0', '0.29.1').map(({ level }) => level)).toEqual(['outage']);
  });
});
