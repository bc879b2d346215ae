import { describe, expect, it } from 'vitest';
import { homeserverType } from '../../lib/options';
import { findOption } from '../../lib/options/lookup';
import { membersOf, probes } from '../../lib/options/probe';

const schemaOf = (...path: string[]) => findOption(homeserverType, path)!.schema;
const probesOf = (path: readonly string[], value?: unknown) => probes(schemaOf(...path), homeserverType.schema, value);

describe('other values of an option', () => {
  it('are the other choices', () => {
    expect(probesOf(['registration'], 'token')).toEqual(['closed', 'email', 'open']);
    expect(probesOf(['rtc', 'exposure'])).toEqual(['NodePort', 'LoadBalancer', 'HostPort']);
  });

  it('are the neighbours of a number', () => expect(probesOf(['rtc', 'tcp'], 30001)).toEqual([30002, 30000]));

  it('begin with the text that looks most like the one there is', () => {
    expect(probesOf(['synapse', 'media', 'size'], '10Gi')[0]).toBe('7Gi');
    expect(probesOf(['serverName'], 'example.org')[0]).toBe('probe.example.net');
    expect(probesOf(['wellKnown', 'redirect'], 'https://example.org/')).toContain('https://probe.example.net/');
  });

  it('switch off what is on, and on what is off', () => {
    expect(probesOf(['mas'], { replicas: 2 })).toEqual([false]);
    expect(probesOf(['hookshot'], false)).toEqual([true, {}]);
    expect(probesOf(['hookshot'])).toEqual([true, false]);
  });

  it('are none for a map that holds options of its own, which are other one by one', () => {
    expect(probesOf(['synapse'], {})).toEqual([]);
    expect(membersOf(schemaOf('synapse', 'media'), homeserverType.schema).map(([name]) => name)).toEqual(['backup', 'maxUploadSize', 'nfs', 'size', 'storageClass']);
  });
});
