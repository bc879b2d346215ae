import { describe, expect, it } from 'vitest';
import { draftText } from '../../lib/homeserver/draft';
import { fleetOf } from '../inventory/fleet';

const draft = (options: Parameters<typeof fleetOf>[0] = [{}], defaults: readonly string[] = []) =>
  draftText({ homeserver: fleetOf(options).homeservers[0]!.model, library: '../lib', defaults });

describe('the draft of an instance file', () => {
  it('says what is frozen beside what freezes it', () => {
    expect(draft()).toMatch(/Frozen .*: release and namespace matrix-h0, databases synapse_h0 and mas_h0\.\n {2}name: 'h0',/);
    expect(draft()).toMatch(/Frozen .*\n {2}serverName: 'h0\.example\.org',/);
    expect(draft([{ mas: false }])).toContain('databases synapse_h0.\n');
  });

  it('has an origin only where there is one', () => {
    expect(draft()).not.toContain('origin');
    expect(draft([{ origin: { restoredFrom: 'ess' } }])).toContain("  origin: { restoredFrom: 'ess' },\n");
  });

  it('suggests nothing that the fleet\'s defaults say', () => {
    expect(draft()).toContain('// hookshot: true,');
    expect(draft([{}], ['hookshot'])).not.toContain('// hookshot: true,');
    expect(draft([{}], ['hookshot'])).toContain('From the defaults in main.ts: hookshot.');
    expect(draft([{}], ['registration', 'hookshot', 'synapse', 'wellKnown'])).toMatch(/wellKnown\.\n\}\);\n$/);
  });

  it('keeps its lines short', () => {
    expect(Math.max(...draft().split('\n').map((line) => line.length))).toBeLessThanOrEqual(140);
  });
});
