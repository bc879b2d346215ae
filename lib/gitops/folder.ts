import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { nextId } from './id';
import type { Manifest } from './manifest';
import type { Repository } from './repository';

/** The root of a construct tree: the platform's, or one homeserver's. */
export class Unit extends App {
  /**
   * @param repository where Argo CD reads `dist/` from
   * @param origin the user's file that the unit comes from, e.g. `instances/demo.ts`
   */
  constructor(readonly repository: Repository, readonly origin: string) {
    super();
  }

  static around(scope: Construct): Unit {
    return scope.node.root as Unit;
  }
}

/** A cdk8s chart that is a folder of `dist/`: one object a file, named after what it is. */
export class Folder extends Chart {
  /** Several objects may share a file. To be asked instead of `instanceof`, which cdk8s answers with yes for every chart. */
  readonly bundled: boolean = false;

  /** @param path relative to `dist/`, e.g. `manifests/issuers` */
  constructor(scope: Construct, readonly path: string) {
    super(scope, nextId(scope));
  }

  /** The file of an object, relative to the folder. */
  fileName({ kind, metadata: { name } }: Manifest): string {
    // A role may be called `system:reader`; no file is, on every system.
    return `${kind.toLowerCase()}-${name}.yaml`.replaceAll(/[^\w.-]/g, '-');
  }
}

/** The one exception to one object a file: what an admin applies by hand, in the order of making. */
export class Bundle extends Folder {
  override readonly bundled = true;

  /**
   * @param path of the folder, relative to `dist/`
   * @param file name of its only file
   */
  constructor(scope: Construct, path: string, private readonly file: string) {
    super(scope, path);
  }

  override fileName(): string {
    return this.file;
  }
}

/** A folder of Applications, each a file of its own name, beside their projects. */
export class ApplicationsFolder extends Folder {
  override fileName(manifest: Manifest): string {
    const { kind, metadata: { name } } = manifest;
    return kind === 'Application' ? `${name}.yaml` : kind === 'AppProject' ? `project-${name}.yaml` : super.fileName(manifest);
  }
}

/** A text file of `dist/` that is no Kubernetes object: a script, a list, Helm values. */
export class TextFile extends Construct {
  /** @param path relative to `dist/` */
  constructor(scope: Construct, readonly path: string, readonly text: string) {
    super(scope, nextId(scope));
  }
}
