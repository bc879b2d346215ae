import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
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
  /** @param path relative to `dist/`, e.g. `manifests/issuers` */
  constructor(scope: Construct, readonly path: string) {
    super(scope, path.replaceAll('/', ' '));
  }

  /** The file of an object, relative to the folder. */
  fileName(kind: string, name: string): string {
    return `${kind.toLowerCase()}-${name}.yaml`;
  }
}

/** A text file of `dist/` that is no Kubernetes object: a script, a list, Helm values. */
export class TextFile extends Construct {
  /** @param path relative to `dist/` */
  constructor(scope: Construct, readonly path: string, readonly text: string) {
    super(scope, path.replaceAll('/', ' '));
  }
}
