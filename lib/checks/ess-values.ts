import { essDefaults, essSchema, essShape, essValidator, type EssVersion } from '../../imports';
import { isMap, merge } from '../merge';
import { type Complaint, complaints, type PatternWords } from './complaint';
import type { Path } from './path';
import { templateComplaints } from './ess-templates';

type Map = Record<string, unknown>;

/** What the patterns of the chart's schema ask for. */
const patterns: PatternWords = {
  '^[0-9]+[MK]$': ['a size of an upload', 'write a size such as 100M'],
  '^[a-zA-Z_][a-zA-Z0-9_]*$': ['a variable\'s name', 'use letters, digits and underscores; do not begin with a digit'],
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$': ['a quantity', 'write a quantity such as 100m or 1Gi'],
};

/** What Helm has against values of the ESS chart at a version: its schema's verdict on the merged values, then its templates'. */
export function essComplaints(values: Map, version: EssVersion): Complaint[] {
  const validate = essValidator(version);
  const shape = essShape(version);
  const defaults = essDefaults(version) as Map;
  const nulls = nullsIn(values, shape);
  // Where nothing is taken away, which is nearly everywhere, to lay one over the other is enough.
  const merged = nulls.length > 0 ? coalesce(defaults, values, shape) : merge(defaults, values) as Map;
  const refused = validate(merged) ? [] : complaints(validate.errors ?? [], merged, essSchema(version), 'key', patterns);
  // Templates are only reached by values that the schema lets through, but what they would refuse is worth saying at once.
  return [...refused, ...nulls.filter(isNeeded).map(nullComplaint), ...templateComplaints(values, merged, version)];
}

/**
 * The values as the chart's schema sees them: the chart's defaults, the given ones laid over them, and each null that takes a
 * default away taken away itself (Helm 3 and 4, chartutil.CoalesceValues). A null on any other key stays, and the schema refuses it.
 */
export function coalesce(defaults: Map, values: Map, shape: unknown): Map {
  const merged: Map = { ...defaults };
  for (const key of Object.keys(values)) {
    const value = values[key];
    const below = isMap(shape) && Object.hasOwn(shape, key) ? shape[key] : undefined;
    const own = merged[key];
    if (value === null && below !== undefined) delete merged[key];
    // Where the chart has no default at all, there is nothing to lay it over.
    else if (isMap(value) && (isMap(own) || isMap(below))) merged[key] = coalesce(isMap(own) ? own : {}, value, below);
    else merged[key] = value;
  }
  return merged;
}

/**
 * Keys whose default may be taken away by a null, wherever they stand: the chart's templates ask before they read them. Tried with
 * Helm 3.22 on the defaults of 26.8.1; a null on another key passes the schema and then breaks a template.
 */
const nullable: ReadonlySet<string> = new Set([
  'enabled', 'replicas', 'resources', 'requests', 'limits', 'cpu', 'memory', 'extraEnv', 'extraVolumes', 'extraVolumeMounts', 'extraInitContainers',
  'nodeSelector', 'affinity', 'nodeAffinity', 'podAffinity', 'podAntiAffinity', 'topologySpreadConstraints', 'hostAliases',
  'priorityClassName', 'schedulerName', 'runtimeClassName', 'additional', 'relabelings', 'metricRelabelings',
  'podSecurityContext', 'fsGroup', 'runAsGroup', 'runAsNonRoot', 'runAsUser', 'seccompProfile', 'supplementalGroups',
  'containersSecurityContext', 'allowPrivilegeEscalation', 'privileged', 'capabilities', 'drop', 'readOnlyRootFilesystem',
  'livenessProbe', 'readinessProbe', 'startupProbe', 'initialDelaySeconds', 'failureThreshold', 'periodSeconds', 'successThreshold', 'timeoutSeconds',
  'tlsEnabled', 'externalTrafficPolicy', 'internalTrafficPolicy', 'resourcePolicy', 'clusterDomain', 'ipFamily', 'create',
  'useStunToDiscoverPublicIP', 'manualIP', 'nodeIPSource', 'hostNetwork', 'nodePort', 'pionLevel', 'level', 'json', 'localpart', 'size',
]);

/** Where a template reads such a key all the same. */
const needed: ReadonlySet<string> = new Set(['initSecrets.enabled', 'matrixRTC.sfu.enabled']);

/** Where nulls take defaults away. The path is this function's own only if it is copied. */
function nullsIn(values: Map, shape: Map, path: string[] = [], all: Path[] = []): readonly Path[] {
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(shape, key)) continue;
    const below = shape[key];
    path.push(key);
    if (value === null) all.push([...path]);
    else if (isMap(below)) nullsIn(value as Map, below, path, all);
    path.pop();
  }
  return all;
}

/** Whether the templates cannot do without the default at a path. */
const isNeeded = (path: Path): boolean => !nullable.has(String(path.at(-1))) || needed.has(path.join('.'));

function nullComplaint(path: Path): Complaint {
  return { kind: 'type', path, message: 'the chart\'s templates cannot do without this default, which null takes away', fix: 'leave the key out, or give it an empty value of its own type' };
}
