import { isMap } from '../merge';

/** What the members of a list may be known by, the first that tells all of them apart. Several fields count together; `|` parts alternatives. */
const keys: readonly string[] = [
  'name', 'alert|record', 'mountPath', 'devicePath', 'ip', 'containerPort,protocol', 'port,protocol', 'host', 'path', 'hostname', 'topologyKey', 'type',
  'kind,namespace,name', 'group,kind,name', 'group,kind', 'server,namespace', 'key,operator,value,effect', 'secretName', 'repoURL,chart,path', 'url',
  'http01', 'dns01', 'secret', 'configMap',
];

/** Lists of a Kubernetes object in which the order says nothing to whoever reads them. In a pod's template it does: another order is a restart. */
const sets: ReadonlySet<string> = new Set([
  'syncOptions', 'sourceRepos', 'destinations', 'clusterResourceWhitelist', 'clusterResourceBlacklist', 'namespaceResourceWhitelist', 'namespaceResourceBlacklist',
  'finalizers', 'policyTypes', 'ingress', 'egress', 'from', 'to', 'apiVersions', 'apiGroups', 'verbs', 'subjects', 'dnsNames',
]);

/** Whether the list under this name is a set. */
export function isSet(name: string | undefined): boolean {
  return name !== undefined && sets.has(name);
}

/** What every member of two lists is known by, in the order of the lists: `name=synapse`; undefined where nothing tells them apart. */
export function namesOf(before: readonly unknown[], after: readonly unknown[]): { readonly before: readonly string[]; readonly after: readonly string[] } | undefined {
  if (![...before, ...after].every(isMap)) return undefined;
  for (const key of keys) {
    const nameOf = nameBy(key);
    const [old, now] = [before.map(nameOf), after.map(nameOf)];
    if (isTelling(old) && isTelling(now)) return { before: old, after: now };
  }
  return undefined;
}

/** The name of a member by a key: by the first alternative that it has, whose first field must be there and all be scalars. */
function nameBy(key: string): (member: unknown) => string | undefined {
  const alternatives = key.split('|').map((fields) => fields.split(','));
  return (member) => {
    const values = member as Readonly<Record<string, unknown>>;
    const fields = alternatives.find(([first]) => values[first!] !== undefined);
    if (fields === undefined) return undefined;
    const present = fields.filter((field) => values[field] !== undefined);
    if (fields.length === 1 && isMap(values[fields[0]!])) return fields[0];
    return present.some((field) => typeof values[field] === 'object') ? undefined : present.map((field) => `${field}=${String(values[field])}`).join(',');
  };
}

function isTelling(names: readonly (string | undefined)[]): names is readonly string[] {
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}
