import { isIP } from 'node:net';
import { isMap } from '../merge';
import type { Complaint } from './complaint';
import { listAt, type Path, valueAt } from './path';
import { parseQuantity } from './quantity';

type Object = Readonly<Record<string, unknown>>;

/** What the API server asks of one place in view of another. */
export interface Relation {
  readonly kinds: readonly string[];
  /** Function of Kubernetes 1.32 that says so, in pkg/apis/<group>/validation/validation.go. */
  readonly source: string;
  /** @param pod where the kind has its pod: empty for a Pod itself */
  readonly check: (manifest: Object, pod: string | undefined) => Iterable<Complaint>;
}

const wrong = (path: Path, message: string, fix: string): Complaint => ({ kind: 'bounds', path, message, fix });

const pods = ['/Pod', 'apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet', 'batch/Job', 'batch/CronJob'];

const podPath = (pod: string | undefined): Path => [...(pod ?? '').split('.').filter(Boolean), 'spec'];

/** Every container of a pod, and where it stands. */
function* containers(manifest: Object, pod: string | undefined): Generator<[Path, Object]> {
  for (const field of ['initContainers', 'containers']) {
    const path = [...podPath(pod), field];
    for (const [index, container] of listAt(manifest, path).entries()) if (isMap(container)) yield [[...path, index], container];
  }
}

function* containerNames(manifest: Object, pod: string | undefined): Generator<Complaint> {
  const seen = new Set<unknown>();
  for (const [path, { name }] of containers(manifest, pod)) {
    if (name !== undefined && seen.has(name)) yield wrong([...path, 'name'], `another container has the name ${String(name)}`, 'give it another');
    seen.add(name);
  }
}

function* limits(manifest: Object, pod: string | undefined): Generator<Complaint> {
  for (const [path, container] of containers(manifest, pod)) {
    const requests = valueAt(container, ['resources', 'requests']);
    if (!isMap(requests)) continue;
    for (const [resource, request] of Object.entries(requests)) {
      const limit = valueAt(container, ['resources', 'limits', resource]);
      if ((parseQuantity(request) ?? 0) <= (parseQuantity(limit) ?? Infinity)) continue;
      yield wrong([...path, 'resources', 'requests', resource], `the request ${String(request)} is more than the limit ${String(limit)}`, 'raise the limit or lower the request');
    }
  }
}

function* mounts(manifest: Object, pod: string | undefined): Generator<Complaint> {
  const claims = manifest['kind'] === 'StatefulSet' ? listAt(manifest, ['spec', 'volumeClaimTemplates']).map((claim) => valueAt(claim, ['metadata', 'name'])) : [];
  const volumes = new Set([...claims, ...listAt(manifest, [...podPath(pod), 'volumes']).map((volume) => valueAt(volume, ['name']))]);
  for (const [path, container] of containers(manifest, pod)) {
    for (const [index, mount] of listAt(container, ['volumeMounts']).entries()) {
      const name = valueAt(mount, ['name']);
      if (typeof name === 'string' && !volumes.has(name)) yield wrong([...path, 'volumeMounts', index, 'name'], `there is no volume ${name}`, 'add it to volumes, or name one that is there');
    }
  }
}

function* environment(manifest: Object, pod: string | undefined): Generator<Complaint> {
  for (const [path, container] of containers(manifest, pod)) {
    for (const [index, variable] of listAt(container, ['env']).entries()) {
      if (isMap(variable) && variable['valueFrom'] !== undefined && variable['value']) yield wrong([...path, 'env', index], 'has both value and valueFrom', 'give one of them');
    }
  }
}

/** Fields of a volume that are its source. */
function* volumeSources(manifest: Object, pod: string | undefined): Generator<Complaint> {
  const path = [...podPath(pod), 'volumes'];
  for (const [index, volume] of listAt(manifest, path).entries()) {
    if (!isMap(volume)) continue;
    const sources = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== undefined);
    if (volume['name'] === undefined) yield wrong([...path, index, 'name'], 'is missing', 'give the volume a name');
    if (sources.length > 1) yield wrong([...path, index], `has the sources ${sources.join(' and ')}`, 'give one of them');
  }
}

function* tolerations(manifest: Object, pod: string | undefined): Generator<Complaint> {
  const path = [...podPath(pod), 'tolerations'];
  for (const [index, toleration] of listAt(manifest, path).entries()) {
    if (!isMap(toleration)) continue;
    const { key, operator, value, effect, tolerationSeconds } = toleration;
    if (!key && operator !== 'Exists') yield wrong([...path, index, 'operator'], 'must be Exists where no key is given', 'write operator: Exists, or a key');
    if (operator === 'Exists' && value) yield wrong([...path, index, 'value'], 'must be empty with the operator Exists', 'take it away');
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') yield wrong([...path, index, 'effect'], 'must be NoExecute with tolerationSeconds', 'write effect: NoExecute');
  }
}

function* selector({ spec }: Object): Generator<Complaint> {
  const labels = valueAt(spec, ['template', 'metadata', 'labels']);
  const wanted = valueAt(spec, ['selector', 'matchLabels']);
  if (!isMap(wanted)) return;
  for (const [key, value] of Object.entries(wanted)) {
    if (isMap(labels) && labels[key] === value) continue;
    yield wrong(['spec', 'selector', 'matchLabels', key], `the pods' label ${key} is not ${String(value)}`, 'give template.metadata.labels the same');
  }
}

function* selectorExpressions({ spec }: Object): Generator<Complaint> {
  const labels = valueAt(spec, ['template', 'metadata', 'labels']);
  for (const [index, requirement] of listAt(spec, ['selector', 'matchExpressions']).entries()) {
    if (!isMap(requirement)) continue;
    const { key, operator, values } = requirement;
    const value = isMap(labels) ? labels[String(key)] : undefined;
    const isIn = Array.isArray(values) && values.includes(value);
    const isMet = operator === 'In' ? isIn : operator === 'NotIn' ? !isIn : operator === 'Exists' ? value !== undefined : value === undefined;
    if (!isMet) yield wrong(['spec', 'selector', 'matchExpressions', index], `the pods' label ${String(key)} does not meet it`, 'give template.metadata.labels what it asks for');
  }
}

function* strategy({ spec }: Object): Generator<Complaint> {
  const own = valueAt(spec, ['strategy']);
  if (!isMap(own)) return;
  if (own['type'] === 'Recreate' && own['rollingUpdate'] !== undefined) yield wrong(['spec', 'strategy', 'rollingUpdate'], 'must not be there with the type Recreate', 'take it away');
  const isZero = (value: unknown) => value === 0 || value === '0%';
  if (isMap(own['rollingUpdate']) && isZero(own['rollingUpdate']['maxSurge']) && isZero(own['rollingUpdate']['maxUnavailable'])) {
    yield wrong(['spec', 'strategy', 'rollingUpdate'], 'neither lets a pod more nor a pod less be there', 'raise maxSurge or maxUnavailable');
  }
}

function* deadline({ spec }: Object): Generator<Complaint> {
  const { progressDeadlineSeconds = 600, minReadySeconds = 0 } = isMap(spec) ? spec : {};
  if (Number(progressDeadlineSeconds) <= Number(minReadySeconds)) yield wrong(['spec', 'minReadySeconds'], `is not less than progressDeadlineSeconds, ${String(progressDeadlineSeconds)}`, 'lower it');
}

function* cronName({ metadata }: Object): Generator<Complaint> {
  const name = valueAt(metadata, ['name']);
  if (typeof name === 'string' && name.length > 52) yield wrong(['metadata', 'name'], `has ${name.length} characters, 52 at most are allowed`, 'shorten it: its Jobs\' names end in a time');
}

function* service({ spec }: Object): Generator<Complaint> {
  if (!isMap(spec)) return;
  const { type = 'ClusterIP', clusterIP, externalName } = spec;
  const ports = listAt(spec, ['ports']);
  if (type === 'ExternalName' ? !externalName : ports.length === 0 && clusterIP !== 'None') {
    yield wrong(['spec', type === 'ExternalName' ? 'externalName' : 'ports'], 'is missing', 'add it');
  }
  for (const [index, own] of ports.entries()) {
    if (!isMap(own)) continue;
    if (ports.length > 1 && !own['name']) yield wrong(['spec', 'ports', index, 'name'], 'is missing, and there is more than one port', 'name it');
    if (own['nodePort'] && type !== 'NodePort' && type !== 'LoadBalancer') yield wrong(['spec', 'ports', index, 'nodePort'], `must not be there with the type ${String(type)}`, 'take it away, or choose NodePort');
  }
  if (spec['externalTrafficPolicy'] !== undefined && type !== 'NodePort' && type !== 'LoadBalancer' && listAt(spec, ['externalIPs']).length === 0) {
    yield wrong(['spec', 'externalTrafficPolicy'], `must not be there with the type ${String(type)}`, 'take it away');
  }
}

/** What a Secret of each type must hold; of basic-auth, one of the two. */
const secretKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/basic-auth': ['username', 'password'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
};

function* secretType({ type, data, stringData }: Object): Generator<Complaint> {
  const needed = secretKeys[String(type)];
  if (needed === undefined) return;
  const has = (key: string) => [data, stringData].some((map) => isMap(map) && map[key] !== undefined);
  const isEnough = type === 'kubernetes.io/basic-auth' ? needed.some(has) : needed.every(has);
  if (!isEnough) yield wrong(['type'], `${String(type)} needs ${needed.join(type === 'kubernetes.io/basic-auth' ? ' or ' : ' and ')}`, 'add the keys, or choose Opaque');
}

function* dataTwice({ data, binaryData }: Object): Generator<Complaint> {
  if (!isMap(data) || !isMap(binaryData)) return;
  for (const key of Object.keys(data)) if (Object.hasOwn(binaryData, key)) yield wrong(['binaryData', key], 'is in data, too', 'take one away');
}

function* ingress({ spec }: Object): Generator<Complaint> {
  if (isMap(spec) && listAt(spec, ['rules']).length === 0 && spec['defaultBackend'] === undefined) yield wrong(['spec', 'rules'], 'is missing, and there is no defaultBackend', 'add one of them');
  for (const [index, rule] of listAt(spec, ['rules']).entries()) {
    for (const [which, entry] of listAt(rule, ['http', 'paths']).entries()) {
      if (!isMap(entry)) continue;
      const path: Path = ['spec', 'rules', index, 'http', 'paths', which];
      if (entry['pathType'] === undefined) yield wrong([...path, 'pathType'], 'is missing', 'write pathType: Prefix');
      if (entry['pathType'] !== 'ImplementationSpecific' && !entry['path']) yield wrong([...path, 'path'], 'is missing', 'write a path such as /');
    }
  }
}

/** The two lists of rules that a policy has, and the field of a rule that says whom. */
const directions = [['ingress', 'from'], ['egress', 'to']] as const;

function* networkPeers({ spec }: Object): Generator<Complaint> {
  for (const [direction, peers] of directions) {
    for (const [index, rule] of listAt(spec, [direction]).entries()) {
      for (const [which, peer] of listAt(rule, [peers]).entries()) {
        if (!isMap(peer)) continue;
        const path: Path = ['spec', direction, index, peers, which];
        if (Object.keys(peer).length === 0) yield wrong(path, 'names nobody', 'give a podSelector, a namespaceSelector or an ipBlock');
        if (peer['ipBlock'] !== undefined && (peer['podSelector'] !== undefined || peer['namespaceSelector'] !== undefined)) yield wrong([...path, 'ipBlock'], 'must stand alone', 'make two entries of it');
      }
      const ports = listAt(rule, ['ports']);
      // Every homeserver has many of them, and hardly one is a range.
      for (let which = 0; which < ports.length; which++) {
        const own = ports[which];
        if (!isMap(own) || own['endPort'] === undefined) continue;
        const path: Path = ['spec', direction, index, 'ports', which, 'endPort'];
        if (typeof own['port'] !== 'number') yield wrong(path, 'needs a port by number', 'write the first port as port');
        else if (Number(own['endPort']) < own['port']) yield wrong(path, 'is less than port', 'write the last port as endPort');
      }
    }
  }
}

function* autoscaler({ spec }: Object): Generator<Complaint> {
  const { minReplicas, maxReplicas } = isMap(spec) ? spec : {};
  if (typeof minReplicas === 'number' && typeof maxReplicas === 'number' && maxReplicas < minReplicas) yield wrong(['spec', 'maxReplicas'], `is less than minReplicas, ${minReplicas}`, 'raise it');
}

/** Fields of a metric that its type asks for. */
const metricFields: Readonly<Record<string, string>> = { Object: 'object', Pods: 'pods', Resource: 'resource', ContainerResource: 'containerResource', External: 'external' };

function* metrics({ spec }: Object): Generator<Complaint> {
  for (const [index, metric] of listAt(spec, ['metrics']).entries()) {
    const field = isMap(metric) ? metricFields[String(metric['type'])] : undefined;
    if (field !== undefined && valueAt(metric, [field]) === undefined) yield wrong(['spec', 'metrics', index, field], 'is missing', `write it, as the type ${String(valueAt(metric, ['type']))} asks for`);
  }
}

/** Amounts of a LimitRange, each with those that it may not exceed. */
const atMost: readonly (readonly [string, readonly string[]])[] = [['min', ['max', 'default', 'defaultRequest']], ['defaultRequest', ['default', 'max']], ['default', ['max']]];

function* limitRanges({ spec }: Object): Generator<Complaint> {
  for (const [index, limit] of listAt(spec, ['limits']).entries()) {
    for (const [field, others] of atMost) {
      const amounts = valueAt(limit, [field]);
      for (const [resource, amount] of Object.entries(isMap(amounts) ? amounts : {})) {
        const other = others.find((one) => (parseQuantity(amount) ?? 0) > (parseQuantity(valueAt(limit, [one, resource])) ?? Infinity));
        if (other) yield wrong(['spec', 'limits', index, field, resource], `${String(amount)} is more than ${other}, ${String(valueAt(limit, [other, resource]))}`, `raise ${other}, or lower ${field}`);
      }
    }
    if (valueAt(limit, ['type']) === 'Pod') {
      for (const field of ['default', 'defaultRequest']) if (valueAt(limit, [field]) !== undefined) yield wrong(['spec', 'limits', index, field], 'must not be there with the type Pod', 'write it for Container');
    }
  }
}

function* endpoints({ addressType, endpoints: all }: Object): Generator<Complaint> {
  const family = { IPv4: 4, IPv6: 6 }[String(addressType)];
  if (family === undefined || !Array.isArray(all)) return;
  for (const [index, endpoint] of all.entries()) {
    for (const [which, address] of listAt(endpoint, ['addresses']).entries()) {
      if (isIP(String(address)) !== family) yield wrong(['endpoints', index, 'addresses', which], `${String(address)} is no address of ${String(addressType)}`, `write an address of ${String(addressType)}`);
    }
  }
}

function* reservedPriority({ metadata }: Object): Generator<Complaint> {
  const name = String(valueAt(metadata, ['name']));
  if (name.startsWith('system-')) yield wrong(['metadata', 'name'], 'begins with system-, which is reserved', 'choose another name');
}

function* policyRules({ kind, rules }: Object): Generator<Complaint> {
  if (!Array.isArray(rules)) return;
  for (const [index, rule] of rules.entries()) {
    if (!isMap(rule)) continue;
    const path: Path = ['rules', index];
    const urls = listAt(rule, ['nonResourceURLs']).length > 0;
    if (urls && kind === 'Role') yield wrong([...path, 'nonResourceURLs'], 'must not be there in a Role', 'write a ClusterRole');
    if (!urls && (listAt(rule, ['apiGroups']).length === 0 || listAt(rule, ['resources']).length === 0)) yield wrong(path, 'names no resources', 'give apiGroups and resources');
  }
}

const relation = (kinds: readonly string[], source: string, check: Relation['check']): Relation => ({ kinds, source, check });

export const relations: readonly Relation[] = [
  relation(pods, 'validateContainers', containerNames),
  relation(pods, 'ValidateResourceRequirements', limits),
  relation(pods, 'ValidateVolumeMounts', mounts),
  relation(pods, 'ValidateEnv', environment),
  relation(pods, 'validateVolumeSource', volumeSources),
  relation(pods, 'ValidateTolerations', tolerations),
  relation(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet'], 'ValidatePodTemplateSpecForReplicaSet', selector),
  relation(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet'], 'ValidatePodTemplateSpecForReplicaSet', selectorExpressions),
  relation(['apps/Deployment'], 'apps: ValidateDeploymentStrategy, ValidateRollingUpdateDeployment', strategy),
  relation(['apps/Deployment'], 'apps: ValidateDeploymentSpec', deadline),
  relation(['batch/CronJob'], 'batch: validateCronJobMetadata', cronName),
  relation(['/Service'], 'ValidateService', service),
  relation(['/Secret'], 'ValidateSecret', secretType),
  relation(['/ConfigMap'], 'ValidateConfigMap', dataTwice),
  relation(['networking.k8s.io/Ingress'], 'networking: ValidateIngressSpec', ingress),
  relation(['networking.k8s.io/NetworkPolicy'], 'networking: ValidateNetworkPolicySpec', networkPeers),
  relation(['autoscaling/HorizontalPodAutoscaler'], 'autoscaling: validateHorizontalPodAutoscalerSpec', autoscaler),
  relation(['autoscaling/HorizontalPodAutoscaler'], 'autoscaling: validateMetricSpec', metrics),
  relation(['/LimitRange'], 'ValidateLimitRange', limitRanges),
  relation(['discovery.k8s.io/EndpointSlice'], 'discovery: validateEndpoints', endpoints),
  relation(['scheduling.k8s.io/PriorityClass'], 'scheduling: ValidatePriorityClass', reservedPriority),
  relation(['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'], 'rbac: ValidatePolicyRule', policyRules),
];
