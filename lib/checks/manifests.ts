import { customResources, type KubernetesVersion, schemaFor, validatorFor } from '../../imports';
import type { Document } from '../gitops/emit';
import { manifestFaults } from './blame';
import { ownManifest } from './own-manifests';
import { type Complaint, complaints } from './complaint';
import { groupOf } from './extra-manifests';
import { boundComplaints } from './kubernetes-bounds';
import { customResourceComplaints } from './custom-resources';
import type { Fault, Rule } from './rule';
import { nearest } from './suggest';
import type { CheckedUnit } from './unit';

/** A rule that holds every object of a unit against something, and blames who wrote it. */
function each(check: (document: Document, unit: CheckedUnit) => readonly Complaint[]) {
  return (unit: CheckedUnit): Fault[] => unit.emitted.documents.flatMap((document) => manifestFaults(unit, document, check(document, unit)));
}

function structure({ manifest }: Document, { kubernetes }: CheckedUnit): Complaint[] {
  const { apiVersion, kind } = manifest;
  const validate = validatorFor(apiVersion, kind, kubernetes);
  if (validate === undefined || validate(manifest)) return [];
  return complaints(validate.errors ?? [], manifest, schemaFor(apiVersion, kind, kubernetes) ?? {}, 'field');
}

/** Kinds that are not here: nearly one that is, or none that anybody knows. */
const unknownKind = (wanted: 'choice' | 'unknown') => ({ manifest: { apiVersion, kind } }: Document, { kubernetes }: CheckedUnit): Complaint[] => {
  if (validatorFor(apiVersion, kind, kubernetes) !== undefined) return [];
  const known = knownKinds(kubernetes);
  const near = nearest(`${apiVersion}/${kind}`, known) ?? known.find((one) => one.endsWith(`/${kind}`) && isOwn(one) === isOwn(apiVersion));
  const complaint: Complaint = near !== undefined
    ? { kind: 'choice', path: ['kind'], message: `there is no ${kind} in ${apiVersion}`, fix: `did you mean ${near}?` }
    : { kind: 'unknown', path: ['kind'], message: `nothing is known of ${kind} in ${apiVersion}, so the object is not checked`, fix: 'make sure that the cluster has this kind' };
  return complaint.kind === wanted ? [complaint] : [];
};

/** Whether an API group is of Kubernetes itself: `apps`, `batch`, `networking.k8s.io`, and the core without a name. */
function isOwn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Every kind that can be checked, as `apiVersion/Kind`. */
function knownKinds(kubernetes: KubernetesVersion): string[] {
  const { $defs = {} } = schemaFor('v1', 'Pod', kubernetes) ?? {};
  return [...Object.keys($defs as object).filter((name) => /^[a-z0-9.]+(\/[a-z0-9]+)?\/[A-Z]/.test(name)), ...customResources];
}

function* duplicates({ emitted, traced: { words: [own] }, seen }: CheckedUnit): Generator<Fault> {
  for (const { path, origin, manifest, bundled } of emitted.documents) {
    const { apiVersion, kind, metadata: { name, namespace } } = manifest;
    const object = `${groupOf(apiVersion)}/${kind} ${namespace ?? ''}/${name}`;
    // On some disks upper and lower case are one.
    const file = path.toLowerCase();
    const twin = seen.get(object);
    const neighbour = bundled ? undefined : seen.get(file);
    if (twin ?? neighbour) {
      const place = ownManifest(own, manifest, 'last') ?? { file: origin, path: '' };
      if (twin) yield { ...place, message: `${kind} ${name} is there twice, the other one from ${twin}`, fix: 'take one away, or give it another name' };
      else yield { ...place, message: `${kind} ${name} goes into ${path}, as another object does, from ${neighbour}: case does not count`, fix: 'give it another name' };
    }
    seen.set(object, origin);
    seen.set(file, origin);
  }
}

export const manifestRules: readonly Rule<CheckedUnit>[] = [
  {
    id: 'manifest-kind',
    severity: 'error',
    what: 'Every object is of a kind that the cluster has.',
    why: 'The API server has no kind of that name (Kubernetes API).',
    fix: 'Write the apiVersion and kind that the cluster has; the finding names the nearest.',
    check: each(unknownKind('choice')),
  },
  {
    id: 'manifest-kind-unknown',
    severity: 'warning',
    what: 'Every object is of a kind whose definition is here.',
    why: 'Nothing can be checked otherwise; the definition may come with an operator of the user\'s own.',
    fix: 'Make sure that the cluster has this kind.',
    check: each(unknownKind('unknown')),
  },
  {
    id: 'manifest-structure',
    severity: 'error',
    what: 'Every object has the structure of its kind at the cluster\'s version: known fields of the right type, and all that are required.',
    why: 'A strict API server refuses it, a lenient one drops what it does not know (Kubernetes API, field validation).',
    fix: 'Write the fields as the kind\'s definition has them.',
    check: each(structure),
  },
  {
    id: 'manifest-bounds',
    severity: 'error',
    what: 'Every object keeps to what the API server asks beyond structure: names, choices, numbers, quantities, and fields that go together.',
    why: 'The API server refuses the object, and its Application does not sync (Kubernetes, pkg/apis/*/validation).',
    fix: 'Write what the finding asks for.',
    check: each(({ manifest }) => [...boundComplaints(manifest), ...customResourceComplaints(manifest)]),
  },
  {
    id: 'object-twice',
    severity: 'error',
    what: 'No two objects are the same one, and none go into one file.',
    why: 'Two Applications would take the object from each other for ever (Argo CD, SharedResourceWarning).',
    fix: 'Take one away, or give it another name.',
    check: duplicates,
  },
];
