import { ApiObject } from 'cdk8s';
import { type Folder, TextFile, type Unit } from './folder';
import type { Manifest } from './manifest';

/** One object and the file of `dist/` that it goes to: where constructs end and plain data begins. */
export interface Document {
  /** Relative to `dist/`. */
  readonly path: string;
  /** The user's file that it comes from. */
  readonly origin: string;
  readonly manifest: Manifest;
  /** The file holds several objects, one document each. Without this, two objects on one path are a mistake. */
  readonly bundled: boolean;
}

/** A file of `dist/` that holds no object, or one that is not for Argo CD. */
export interface PlainFile {
  /** Relative to `dist/`. */
  readonly path: string;
  readonly origin: string;
  readonly text: string;
}

export interface Emitted {
  readonly documents: readonly Document[];
  readonly files: readonly PlainFile[];
}

/**
 * Reads the objects off a unit's construct tree, each by itself: `chart.toJson()` would resolve the whole tree again for every chart.
 */
export function emit(unit: Unit): Emitted {
  const { origin } = unit;
  const documents: Document[] = [];
  const files: PlainFile[] = [];
  for (const construct of unit.node.findAll()) {
    if (construct instanceof TextFile) files.push({ path: construct.path, origin, text: construct.text });
    if (!ApiObject.isApiObject(construct)) continue;
    const folder = construct.chart as Folder;
    const manifest = construct.toJson() as Manifest;
    documents.push({
      path: `${folder.path}/${folder.fileName(manifest)}`,
      origin,
      manifest,
      bundled: folder.bundled,
    });
  }
  return { documents, files };
}
