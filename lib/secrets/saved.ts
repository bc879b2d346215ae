import { listAt, valueAt } from '../checks/path';
import { isMap } from '../merge';

/** Values of Secrets that were saved from a cluster, each by `NAMESPACE/NAME/KEY`. */
export type SavedValues = ReadonlyMap<string, Uint8Array>;

/** What `kubectl get secret -o yaml` says, of one Secret or of a list of them, be it several times in one text. */
export function savedValues(text: string): SavedValues {
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const said = parseAllDocuments(text, { logLevel: 'silent' }).map((document): unknown => document.toJS());
  const secrets = said.flatMap((one) => (valueAt(one, ['kind']) === 'List' ? listAt(one, ['items']) : [one])).filter((one) => valueAt(one, ['kind']) === 'Secret');
  return new Map(secrets.flatMap((secret) => {
    const [namespace, name] = ['namespace', 'name'].map((field) => String(valueAt(secret, ['metadata', field])));
    const data = valueAt(secret, ['data']);
    return Object.entries(isMap(data) ? data : {}).map(([key, value]) => [`${namespace}/${name}/${key}`, Buffer.from(String(value), 'base64')] as const);
  }));
}
