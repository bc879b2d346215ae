import type { SealedSecretSpec } from '../../imports/bindings/bitnami.com';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import type { SecretPlace } from './sealing';
import type { SecretSpec } from './secret';

/** The folder of a fleet that holds sealed values, one file a Secret, beside the certificate that they are sealed with. Nobody but `seal` writes there. */
export const sealedFolder = 'sealed';
export const certificateFile = `${sealedFolder}/certificate.pem`;

/** A file of that folder, and what its YAML says. */
export interface SealedFile {
  /** Relative to the fleet's folder, e.g. `sealed/cnpg/synapse-demo.yaml`. */
  readonly file: string;
  readonly value: unknown;
}

/** The sealed values of each Secret, by `NAMESPACE/NAME`. */
export type Sealed = ReadonlyMap<string, Readonly<Record<string, string>>>;

export const placeOf = ({ namespace, name }: SecretPlace) => `${namespace}/${name}`;

export const sealedFileOf = (place: SecretPlace) => `${sealedFolder}/${placeOf(place)}.yaml`;

/** The Secret that a file is about, by its path. */
export function placeOfFile(file: string): string {
  return file.slice(sealedFolder.length + 1).replace(/\.yaml$/, '');
}

/** What the files hold, by their paths. One that is not built as it should be holds nothing: a rule says so. */
export function sealedValues(files: readonly SealedFile[]): Sealed {
  return new Map(files.map(({ file, value }) => [placeOfFile(file), encryptedData(value)]));
}

function encryptedData(value: unknown): Readonly<Record<string, string>> {
  const data = isMap(value) && isMap(value['spec']) ? value['spec']['encryptedData'] : undefined;
  return isMap(data) ? data as Record<string, string> : {};
}

/** Keys of a Secret whose values are sealed; the others stand in its template. */
export function sealedKeys({ keys }: SecretSpec): SecretSpec['keys'] {
  return keys.filter((key) => !('literal' in key));
}

/** Keys that a Secret cannot do without and that are not sealed yet. */
export function missingKeys(spec: SecretSpec, sealed: Sealed): readonly string[] {
  const values = sealed.get(placeOf(spec)) ?? {};
  return sealedKeys(spec).filter((key) => !('supplied' in key && key.optional) && values[key.key] === undefined).map(({ key }) => key);
}

/**
 * The SealedSecret of a Secret. Only its values come from the committed file; all that is derived follows the program. The Secret
 * outlives the SealedSecret, and the controller may take over one that such a SealedSecret left behind.
 */
export function sealedSecret(spec: SecretSpec, values: Readonly<Record<string, string>>): Manifest {
  const { namespace, name, type = 'Opaque', labels } = spec;
  const known = sealedKeys(spec).flatMap(({ key }) => (values[key] === undefined ? [] : [[key, values[key]]]));
  const literals = spec.keys.flatMap((key) => ('literal' in key ? [[key.key, key.literal]] : []));
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace },
    spec: {
      encryptedData: Object.fromEntries(known) as Record<string, string>,
      template: {
        type,
        metadata: {
          ...labels && { labels },
          annotations: { 'sealedsecrets.bitnami.com/managed': 'true', 'sealedsecrets.bitnami.com/skip-set-owner-references': 'true' },
        },
        ...literals.length > 0 && { data: Object.fromEntries(literals) as Record<string, string> },
      },
    } satisfies Plain<SealedSecretSpec>,
  };
}
