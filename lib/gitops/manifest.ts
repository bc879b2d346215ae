import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { nextId } from './id';

/** A plain Kubernetes object, as the API server reads it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [key: string]: unknown;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/**
 * One object of the construct tree that is written word for word: key order as given, and nulls kept, which
 * cdk8s drops from maps although they mean something in Helm values and in a user's own manifests.
 */
export class KubernetesObject extends ApiObject {
  constructor(scope: Construct, private readonly manifest: Manifest) {
    super(scope, nextId(scope), { apiVersion: manifest.apiVersion, kind: manifest.kind, metadata: { name: manifest.metadata.name } });
  }

  override toJson(): Manifest {
    return this.manifest;
  }
}

/** Adds plain objects below a folder. */
export function addManifests(scope: Construct, manifests: readonly Manifest[]): void {
  for (const manifest of manifests) new KubernetesObject(scope, manifest);
}
