import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../lib/gitops/manifest';

/** What the cluster said of one object. */
type Verdict = { readonly kind: 'accepted' } | { readonly kind: 'rejected' | 'unknown'; readonly why: string };

/** How many objects are asked about at once. */
const atOnce = 8;

/**
 * `npm run test:cluster [-- DIST]`: a strict server-side dry run of every object of `dist/` against the cluster that KUBECONFIG names.
 * Nothing is changed there. An object whose namespace is not there yet is asked about as if it stood in `default`; a kind that the cluster
 * does not know, because its operator is not installed yet, is counted and not judged.
 */
export async function main([dist]: readonly string[], root: string): Promise<void> {
  if (!process.env['KUBECONFIG']) {
    process.stdout.write('test:cluster: skipped, since KUBECONFIG names no cluster\n');
    return;
  }
  const namespaces = existingNamespaces();
  if (namespaces === undefined) {
    process.exitCode = 2;
    return;
  }
  const folder = dist ?? join(root, 'dist');
  const objects = readManifests(folder);
  const counts = { accepted: 0, rejected: 0, unknown: 0 };
  const queue = objects.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const { file, manifest } of queue) {
      const verdict = await ask(manifest, namespaces);
      counts[verdict.kind]++;
      if (verdict.kind !== 'accepted') process.stdout.write(`${verdict.kind.padEnd(8)}  ${file}: ${manifest.kind} ${manifest.metadata.name}: ${verdict.why}\n`);
    }
  }));
  process.stdout.write(`${objects.length} objects: ${counts.accepted} accepted, ${counts.rejected} rejected, ${counts.unknown} of a kind that the cluster does not know\n`);
  process.exitCode = counts.rejected > 0 ? 1 : 0;
}

/** The names of the cluster's namespaces; undefined, with kubectl's own words, where it cannot be asked. */
function existingNamespaces(): ReadonlySet<string> | undefined {
  const { status, stdout, stderr, error } = spawnSync('kubectl', ['get', 'namespaces', '-o', 'name'], { encoding: 'utf8' });
  if (status === 0) return new Set(stdout.split('\n').map((line) => line.replace('namespace/', '')));
  process.stderr.write(`test:cluster: the cluster cannot be asked: ${error ? error.message : stderr.trim().split("\n").at(-1)}\n`);
  return undefined;
}

function readManifests(folder: string): { readonly file: string; readonly manifest: Manifest }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => ({ file, manifest: document.toJS() as Manifest })))
    .filter(({ manifest }) => manifest.kind !== undefined);
}

function ask(manifest: Manifest, namespaces: ReadonlySet<string>): Promise<Verdict> {
  const { namespace } = manifest.metadata;
  const asked = namespace === undefined || namespaces.has(namespace) ? manifest : { ...manifest, metadata: { ...manifest.metadata, namespace: 'default' } };
  return new Promise((resolve, reject) => {
    const kubectl = spawn('kubectl', ['apply', '--server-side', '--dry-run=server', '--validate=strict', '--force-conflicts', '--field-manager=matrix-fleet-test', '-f', '-']);
    let stderr = '';
    kubectl.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    kubectl.on('error', reject);
    kubectl.on('close', (status) => {
      const why = stderr.trim().split('\n').at(-1) ?? '';
      resolve(status === 0 ? { kind: 'accepted' } : { kind: /no matches for kind/.test(stderr) ? 'unknown' : 'rejected', why });
    });
    kubectl.stdin.end(JSON.stringify(asked));
  });
}
