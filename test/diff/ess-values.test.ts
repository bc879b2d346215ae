import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/gitops/manifest';
import { fieldChanges } from '../../lib/diff/fields';
import { meaningsOf } from '../../lib/diff/meanings';
import { isMap } from '../../lib/merge';

const words: Readonly<Record<string, string>> = {
  synapse: 'restarts Synapse of t0rt1k', mas: 'restarts Matrix Authentication Service of t0rt1k', web: 'restarts Element Web of t0rt1k', admin: 'restarts Element Admin of t0rt1k',
  authoriser: 'restarts the RTC authoriser of t0rt1k', sfu: 'restarts the SFU of t0rt1k', haproxy: 'restarts HAProxy of t0rt1k', hookshot: 'restarts Hookshot of t0rt1k', redis: 'restarts Redis of t0rt1k',
};

/** Rendered with Helm 3.22: at these versions of the chart, a homeserver with this value at this path has other pod templates of these parts. */
const rendered = JSON.parse(readFileSync(join(__dirname, 'ess-restarts.json'), 'utf8')) as readonly (readonly [readonly string[], readonly string[], unknown, readonly string[]])[];
const path = 'argocd/apps/homeservers/matrix-t0rt1k.yaml';
const application = parse(readFileSync(join(__dirname, '../fixtures/diff/matrix-t0rt1k.yaml'), 'utf8')) as Manifest;

function withValue(steps: readonly string[], value: unknown): Manifest {
  const changed = structuredClone(application);
  let here: unknown = changed;
  for (const step of ['spec', 'source', 'helm', 'valuesObject', ...steps.slice(0, -1)]) {
    if (!isMap(here)) throw new Error(`no map above ${step}`);
    here = here[step] ??= {};
  }
  (here as Record<string, unknown>)[steps.at(-1)!] = value;
  return changed;
}

describe('what values of the ESS chart restart', () => {
  it.each(rendered)('at %j: %j = %j restarts %j', (_, steps, value, parts) => {
    const after = withValue(steps, value);
    const change = { what: 'changes', path, owner: { kind: 'homeserver', name: 't0rt1k' }, before: application, after, fields: [...fieldChanges(application, after)] } as const;
    const texts = meaningsOf(change, [change]).map(({ text }) => text);
    expect(texts).not.toEqual([]);
    if (texts.includes('restarts every component of t0rt1k')) return;
    for (const part of parts) expect(texts).toContainEqual(expect.stringContaining(words[part]!));
  });
});
