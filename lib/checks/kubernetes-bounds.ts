import { isMap } from '../merge';
import * as is from './bound';
import type { Bound } from './bound';
import { type BoundRow, rows } from './bound-row';
import { BoundTree } from './bound-tree';
import type { Complaint } from './complaint';
import { groupOf } from './extra-manifests';
import { patternSteps, type Step } from './path-pattern';
import { adminRows } from './kubernetes-admin-bounds';
import { type Relation, relations } from './kubernetes-relations';

const workloads = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet', 'batch/Job'];

/** Where each kind has its pod: `pod` in a row's path. */
export const podPaths: Readonly<Record<string, string>> = {
  '/Pod': '',
  ...Object.fromEntries(workloads.map((kind) => [kind, 'spec.template'])),
  'batch/CronJob': 'spec.jobTemplate.spec.template',
};

const pods = Object.keys(podPaths);
const any = ['*'];

const containers = (path: string, bound: Bound): Record<string, Bound> => ({ [`pod.spec.containers[].${path}`]: bound, [`pod.spec.initContainers[].${path}`]: bound });
const probes = (path: string, bound: Bound): Record<string, Bound> =>
  Object.assign({}, ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => containers(`${probe}.${path}`, bound)));


/** Kinds whose names are other than DNS names. */
const labelNamed = ['/Namespace'];
const labelOrShort = ['apps/StatefulSet'];
const segmentNamed = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].map((kind) => `rbac.authorization.k8s.io/${kind}`);

export const boundTable: readonly BoundRow[] = [
  ...rows(labelNamed, 'ValidateNamespaceName', { 'metadata.name': is.dnsLabel }),
  ...rows(labelOrShort, 'ValidateStatefulSetName', { 'metadata.name': is.dnsLabel }),
  ...rows(['batch/Job'], 'batch: ValidateJob, ValidateLabels of the job-name label', { 'metadata.name': is.shortName }),
  ...rows(['/Service'], 'ValidateServiceName', { 'metadata.name': is.serviceName }),
  ...rows(segmentNamed, 'rbac: minimalNameRequirements', { 'metadata.name': is.pathSegment }),
  ...rows(any, 'ValidateObjectMeta (apimachinery, pkg/api/validation/objectmeta.go)', {
    '': is.having('metadata'),
    'metadata': is.having('name'),
    'metadata.namespace': (value) => (value === '' ? undefined : is.dnsLabel(value)),
    'metadata.labels{key}': is.labelKey,
    'metadata.labels{}': is.labelValue,
    'metadata.annotations{key}': is.annotationKey,
  }),
  ...rows(['/Namespace'], 'ValidateNamespace (pod-security-admission, admission/admission.go)', Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [
    `metadata.labels.pod-security|kubernetes|io/${mode}`, is.exactly('privileged', 'baseline', 'restricted'),
  ]))),

  ...rows(pods, 'ValidatePodTemplateSpec', {
    'pod.metadata.labels{key}': is.labelKey,
    'pod.metadata.labels{}': is.labelValue,
    'pod.metadata.annotations{key}': is.annotationKey,
  }),
  ...rows(pods, 'ValidatePodSpec', {
    'pod': is.having('spec'),
    'pod.spec': is.having('containers'),
    'pod.spec.containers': is.notEmpty,
    'pod.spec.dnsPolicy': is.oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
    'pod.spec.serviceAccountName': is.optional(is.dnsName),
    'pod.spec.priorityClassName': is.optional(is.dnsName),
    'pod.spec.runtimeClassName': is.optional(is.dnsName),
    'pod.spec.nodeSelector{key}': is.labelKey,
    'pod.spec.nodeSelector{}': is.labelValue,
    'pod.spec.activeDeadlineSeconds': is.between(1, 2 ** 31 - 1),
    'pod.spec.hostname': is.dnsLabel,
    'pod.spec.subdomain': is.dnsLabel,
    'pod.spec.preemptionPolicy': is.oneOf('PreemptLowerPriority', 'Never'),
    'pod.spec.imagePullSecrets': is.unique('name'),
    'pod.spec.dnsConfig.nameservers[]': is.ipAddress,
    'pod.spec.hostAliases[].ip': is.ipAddress,
    'pod.spec.hostAliases[].hostnames[]': is.dnsName,
    'pod.spec.securityContext.runAsUser': is.between(0, 2 ** 31 - 1),
    'pod.spec.securityContext.runAsGroup': is.between(0, 2 ** 31 - 1),
    'pod.spec.securityContext.fsGroup': is.between(0, 2 ** 31 - 1),
    'pod.spec.securityContext.fsGroupChangePolicy': is.exactly('OnRootMismatch', 'Always'),
    'pod.spec.securityContext.seccompProfile.type': is.exactly('RuntimeDefault', 'Unconfined', 'Localhost'),
  }),
  ...rows(['/Pod'], 'ValidatePodSpec', { 'spec.restartPolicy': is.oneOf('Always', 'OnFailure', 'Never') }),
  ...rows(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet'], 'ValidatePodTemplateSpecForReplicaSet', { 'spec.template.spec.restartPolicy': is.oneOf('Always') }),
  ...rows(['batch/Job', 'batch/CronJob'], 'batch: validateJobSpec', { 'pod.spec': is.having('restartPolicy'), 'pod.spec.restartPolicy': is.oneOf('OnFailure', 'Never') }),
  ...rows(pods, 'ValidateTolerations', {
    'pod.spec.tolerations[].operator': is.oneOf('Exists', 'Equal'),
    'pod.spec.tolerations[].effect': is.oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
    'pod.spec.tolerations[].key': is.optional(is.labelKey),
    'pod.spec.tolerations[].value': is.labelValue,
  }),
  ...rows(pods, 'validateTopologySpreadConstraints', {
    'pod.spec.topologySpreadConstraints[].maxSkew': is.between(1),
    'pod.spec.topologySpreadConstraints[].minDomains': is.between(1),
    'pod.spec.topologySpreadConstraints[].topologyKey': is.some,
    'pod.spec.topologySpreadConstraints[].whenUnsatisfiable': is.exactly('DoNotSchedule', 'ScheduleAnyway'),
  }),
  ...rows(pods, 'validateAffinity', Object.fromEntries(['podAffinity', 'podAntiAffinity'].flatMap((affinity): [string, Bound][] => [
    [`pod.spec.affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].weight`, is.between(1, 100)],
    [`pod.spec.affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm`, is.having('topologyKey')],
    [`pod.spec.affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.topologyKey`, is.labelKey],
    [`pod.spec.affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[].topologyKey`, is.labelKey],
    [`pod.spec.affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[]`, is.having('topologyKey')],
  ]))),
  ...rows(pods, 'ValidateLabelSelector (apimachinery)', Object.fromEntries([
    'topologySpreadConstraints[].labelSelector',
    ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
      `affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[].labelSelector`,
      `affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.labelSelector`,
    ]),
  ].map((path) => [`pod.spec.${path}.matchLabels`, is.labels]))),
  ...rows(pods, 'validateAffinity', {
    'pod.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[].weight': is.between(1, 100),
    'pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms': is.notEmpty,
    'pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[].matchExpressions[].operator': is.exactly('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
    'pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[].matchExpressions[].key': is.labelKey,
  }),
  ...rows(pods, 'validateContainers', {
    ...containers('name', is.dnsLabel),
    ...containers('image', is.some),
    ...containers('imagePullPolicy', is.oneOf('Always', 'IfNotPresent', 'Never')),
    ...containers('terminationMessagePolicy', is.oneOf('File', 'FallbackToLogsOnError')),
    ...containers('securityContext.seccompProfile.type', is.exactly('RuntimeDefault', 'Unconfined', 'Localhost')),
    ...containers('securityContext.runAsUser', is.between(0, 2 ** 31 - 1)),
    ...containers('securityContext.runAsGroup', is.between(0, 2 ** 31 - 1)),
    ...Object.assign({}, ...['postStart', 'preStop'].map((hook) => ({
      ...containers(`lifecycle.${hook}`, is.exactlyOne(['exec', 'httpGet', 'tcpSocket', 'sleep'])),
      ...containers(`lifecycle.${hook}.exec`, is.anyOf('command')),
    }))),
    'pod.spec.containers[]': is.having('name', 'image'),
    'pod.spec.initContainers[]': is.having('name', 'image'),
    'pod.spec.initContainers[].restartPolicy': is.oneOf('Always'),
  }),
  ...rows(pods, 'validateContainerPorts', {
    ...containers('ports[].containerPort', is.port),
    ...containers('ports[].hostPort', is.between(0, 65535)),
    ...containers('ports[].protocol', is.protocol),
    ...containers('ports[].name', is.optional(is.portName)),
    // Server-side apply tells entries apart by port and protocol.
    ...containers('ports', (ports) => is.unique('name')(ports) ?? is.unique('containerPort', 'protocol')(ports)),
  }),
  ...rows(pods, 'ValidateEnv', {
    ...containers('env', is.unique('name')),
    ...containers('env[].name', is.variableName),
    ...containers('env[].valueFrom', is.exactlyOne(['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'])),
    ...containers('env[].valueFrom.fieldRef.fieldPath', is.podField),
    ...containers('env[].valueFrom.secretKeyRef', is.having('name', 'key')),
    ...containers('env[].valueFrom.configMapKeyRef', is.having('name', 'key')),
    ...containers('env[].valueFrom.secretKeyRef.name', is.dnsName),
    ...containers('env[].valueFrom.secretKeyRef.key', is.dataKey),
    ...containers('env[].valueFrom.configMapKeyRef.name', is.dnsName),
    ...containers('env[].valueFrom.configMapKeyRef.key', is.dataKey),
    ...containers('envFrom[].secretRef', is.having('name')),
    ...containers('envFrom[].secretRef.name', is.dnsName),
    ...containers('envFrom[].configMapRef', is.having('name')),
    ...containers('envFrom[].configMapRef.name', is.dnsName),
    ...containers('envFrom[]', is.exactlyOne(['configMapRef', 'secretRef'])),
  }),
  ...rows(pods, 'ValidateVolumeMounts', { ...containers('volumeMounts[].mountPath', is.some), ...containers('volumeMounts', is.unique('mountPath')) }),
  ...rows(pods, 'ValidateResourceRequirements', {
    ...containers('resources.requests{key}', is.resourceName),
    ...containers('resources.limits{key}', is.resourceName),
    ...containers('resources.requests{}', is.quantity), ...containers('resources.limits{}', is.quantity),
  }),
  ...rows(pods, 'validateProbe', {
    ...Object.assign({}, ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => containers(probe, is.exactlyOne(['exec', 'httpGet', 'tcpSocket', 'grpc'])))),
    ...probes('initialDelaySeconds', is.natural),
    ...probes('timeoutSeconds', is.natural),
    ...probes('periodSeconds', is.natural),
    ...probes('successThreshold', is.natural),
    ...probes('failureThreshold', is.natural),
    ...probes('httpGet.scheme', is.oneOf('HTTP', 'HTTPS')),
    ...probes('httpGet.port', is.portOrName),
    ...probes('tcpSocket.port', is.portOrName),
    ...probes('grpc.port', is.port),
    ...containers('livenessProbe.successThreshold', is.between(0, 1)),
    ...containers('startupProbe.successThreshold', is.between(0, 1)),
  }),
  ...rows(pods, 'ValidateVolumes', {
    'pod.spec.volumes[].name': is.dnsLabel,
    'pod.spec.volumes': is.unique('name'),
    'pod.spec.volumes[].persistentVolumeClaim': is.having('claimName'),
    'pod.spec.volumes[].secret': is.having('secretName'),
    'pod.spec.volumes[].configMap': is.having('name'),
    'pod.spec.volumes[].secret.defaultMode': is.between(0, 0o777),
    'pod.spec.volumes[].configMap.defaultMode': is.between(0, 0o777),
    'pod.spec.volumes[].emptyDir.sizeLimit': is.quantity,
    'pod.spec.volumes[].hostPath': is.having('path'),
    ...Object.fromEntries(['secret', 'configMap', 'projected.sources[].secret', 'projected.sources[].configMap'].map((source) => [`pod.spec.volumes[].${source}.items[]`, is.having('key', 'path')])),
    ...Object.fromEntries(['secret', 'configMap'].map((source) => [`pod.spec.volumes[].${source}.items[].mode`, is.between(0, 0o777)])),
    'pod.spec.volumes[].projected.sources[].secret': is.having('name'),
    'pod.spec.volumes[].projected.sources[].configMap': is.having('name'),
  }),

  ...rows(['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', 'apps/DaemonSet'], 'apps: ValidateDeploymentSpec and its like', {
    '': is.having('spec'),
    'spec': is.having('selector', 'template'),
    'spec.selector.matchLabels': is.notEmpty,
    'spec.replicas': is.natural,
    'spec.minReadySeconds': is.natural,
    'spec.revisionHistoryLimit': is.natural,
    'spec.progressDeadlineSeconds': is.natural,
    'spec.selector': is.anyOf('matchLabels', 'matchExpressions'),
    'spec.selector.matchLabels{key}': is.labelKey,
    'spec.selector.matchLabels{}': is.labelValue,
    'spec.selector.matchExpressions[]': is.labelRequirement,
  }),
  ...rows(['apps/Deployment'], 'apps: ValidateDeploymentStrategy', {
    'spec.strategy.type': is.oneOf('Recreate', 'RollingUpdate'),
    'spec.strategy.rollingUpdate.maxSurge': is.numberOrShare,
    'spec.strategy.rollingUpdate.maxUnavailable': is.numberOrShare,
  }),
  ...rows(['apps/StatefulSet'], 'apps: ValidateStatefulSetSpec', {
    'spec.podManagementPolicy': is.oneOf('OrderedReady', 'Parallel'),
    'spec.updateStrategy.type': is.oneOf('RollingUpdate', 'OnDelete'),
    'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': is.oneOf('Retain', 'Delete'),
    'spec.persistentVolumeClaimRetentionPolicy.whenScaled': is.oneOf('Retain', 'Delete'),
  }),
  ...rows(['apps/DaemonSet'], 'apps: ValidateDaemonSetUpdateStrategy', { 'spec.updateStrategy.type': is.oneOf('RollingUpdate', 'OnDelete') }),
  ...rows(['batch/Job'], 'batch: validateJobSpec', {
    '': is.having('spec'),
    'spec.parallelism': is.natural,
    'spec.completions': is.natural,
    'spec.backoffLimit': is.natural,
    'spec.activeDeadlineSeconds': is.natural,
    'spec.ttlSecondsAfterFinished': is.natural,
    'spec.completionMode': is.exactly('NonIndexed', 'Indexed'),
    'spec.podReplacementPolicy': is.oneOf('Failed', 'TerminatingOrFailed'),
  }),
  ...rows(['batch/CronJob'], 'batch: validateCronJobSpec', {
    '': is.having('spec'),
    'spec.jobTemplate': is.having('spec'),
    'spec.jobTemplate.spec': is.having('template'),
    'spec.schedule': is.cronSchedule,
    'spec.timeZone': is.timeZone,
    'spec.concurrencyPolicy': is.oneOf('Allow', 'Forbid', 'Replace'),
    'spec.startingDeadlineSeconds': is.natural,
    'spec.successfulJobsHistoryLimit': is.natural,
    'spec.failedJobsHistoryLimit': is.natural,
    'spec.jobTemplate.spec.backoffLimit': is.natural,
  }),

  ...rows(['/Service'], 'ValidateService', {
    '': is.having('spec'),
    'spec.externalName': is.dnsName,
    'spec.type': is.oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
    'spec.sessionAffinity': is.oneOf('ClientIP', 'None'),
    'spec.ipFamilyPolicy': is.exactly('SingleStack', 'PreferDualStack', 'RequireDualStack'),
    'spec.ipFamilies[]': is.oneOf('IPv4', 'IPv6'),
    'spec.externalTrafficPolicy': is.oneOf('Cluster', 'Local'),
    'spec.internalTrafficPolicy': is.exactly('Cluster', 'Local'),
    'spec.selector{key}': is.labelKey,
    'spec.selector{}': is.labelValue,
    'spec.externalIPs[]': is.ipAddress,
    'spec.loadBalancerSourceRanges[]': is.cidr,
    'spec.sessionAffinityConfig.clientIP.timeoutSeconds': is.between(1, 86400),
    'spec.ports[].appProtocol': is.labelKey,
    'spec.ports': is.unique('name'),
    'spec.ports[].name': is.optional(is.dnsLabel),
    'spec.ports[].port': is.port,
    'spec.ports[].nodePort': is.between(0, 65535),
    'spec.ports[].protocol': is.protocol,
    'spec.ports[].targetPort': is.optional(is.portOrName),
  }),
  ...rows(['/Service'], 'ValidateService', { 'spec': (spec) => (isMap(spec) ? is.unique('port', 'protocol')(spec['ports']) : undefined) }),
  ...rows(['/ConfigMap', '/Secret'], 'ValidateConfigMap, ValidateSecret', { '': is.small }),
  ...rows(['/ConfigMap'], 'ValidateConfigMap', { 'data{key}': is.dataKey, 'binaryData{key}': is.dataKey, 'binaryData{}': is.base64 }),
  ...rows(['/Secret'], 'ValidateSecret', { 'data{key}': is.dataKey, 'stringData{key}': is.dataKey, 'data{}': is.base64 }),
  ...rows(['/PersistentVolumeClaim'], 'ValidatePersistentVolumeClaimSpec', {
    '': is.having('spec'),
    'spec': is.having('accessModes', 'resources'),
    'spec.accessModes': is.notEmpty,
    'spec.accessModes[]': is.accessMode,
    'spec.resources': is.having('requests'),
    'spec.resources.requests': is.having('storage'),
    'spec.resources.requests.storage': is.positiveQuantity,
    'spec.resources.limits{}': is.quantity,
    'spec.storageClassName': (value) => (value === '' ? undefined : is.dnsName(value)),
    'spec.volumeMode': is.exactly('Filesystem', 'Block'),
  }),
  ...rows(['networking.k8s.io/Ingress'], 'networking: ValidateIngressSpec', {
    '': is.having('spec'),
    'spec.ingressClassName': is.dnsName,
    'spec.tls[].hosts[]': is.ingressHost,
    'spec.tls[].secretName': is.optional(is.dnsName),
    'spec.rules[].host': is.optional(is.ingressHost),
    'spec.rules[].http.paths': is.notEmpty,
    'spec.rules[].http.paths[].pathType': is.exactly('Exact', 'Prefix', 'ImplementationSpecific'),
    'spec.rules[].http.paths[].path': is.absolutePath,
    'spec.rules[].http.paths[].backend': is.exactlyOne(['service', 'resource']),
    'spec.rules[].http.paths[].backend.service': is.having('name', 'port'),
    'spec.rules[].http.paths[].backend.service.name': is.serviceName,
    'spec.rules[].http.paths[].backend.service.port': is.exactlyOne(['name', 'number']),
    'spec.rules[].http.paths[].backend.service.port.name': is.portName,
    'spec.rules[].http.paths[].backend.service.port.number': is.port,
    'spec.defaultBackend': is.exactlyOne(['service', 'resource']),
    'spec.defaultBackend.service': is.having('name', 'port'),
    'spec.defaultBackend.service.name': is.serviceName,
    'spec.defaultBackend.service.port': is.exactlyOne(['name', 'number']),
    'spec.defaultBackend.service.port.number': is.port,
  }),
  ...rows(['networking.k8s.io/NetworkPolicy'], 'networking: ValidateNetworkPolicySpec', {
    'spec.policyTypes[]': is.exactly('Ingress', 'Egress'),
    'spec.podSelector.matchLabels{key}': is.labelKey,
    'spec.podSelector.matchLabels{}': is.labelValue,
    ...Object.assign({}, ...[['ingress', 'from'], ['egress', 'to']].map(([direction, peers]) => ({
      [`spec.${direction}[].ports[].protocol`]: is.protocolGiven,
      [`spec.${direction}[].ports[].port`]: is.portOrName,
      [`spec.${direction}[].ports[].endPort`]: is.port,
      [`spec.${direction}[].${peers}[].podSelector.matchLabels`]: is.labels,
      [`spec.${direction}[].${peers}[].namespaceSelector.matchLabels`]: is.labels,
      [`spec.${direction}[].${peers}[].ipBlock`]: is.having('cidr'),
      [`spec.${direction}[].${peers}[].ipBlock.cidr`]: is.cidr,
      [`spec.${direction}[].${peers}[].ipBlock.except[]`]: is.cidr,
    }))),
  }),
  ...rows(['policy/PodDisruptionBudget'], 'policy: ValidatePodDisruptionBudgetSpec', {
    'spec': is.exactlyOne(['minAvailable', 'maxUnavailable'], true),
    'spec.selector.matchLabels': is.labels,
    'spec.minAvailable': is.numberOrShare,
    'spec.maxUnavailable': is.numberOrShare,
    'spec.unhealthyPodEvictionPolicy': is.exactly('IfHealthyBudget', 'AlwaysAllow'),
  }),
  ...rows(['autoscaling/HorizontalPodAutoscaler'], 'autoscaling: validateHorizontalPodAutoscalerSpec', {
    '': is.having('spec'),
    'spec': is.having('maxReplicas', 'scaleTargetRef'),
    'spec.minReplicas': is.between(1),
    'spec.maxReplicas': is.between(1),
    'spec.scaleTargetRef': is.having('kind', 'name'),
    'spec.scaleTargetRef.kind': is.pathSegment,
    'spec.scaleTargetRef.name': is.pathSegment,
    'spec.metrics[].type': is.exactly('Object', 'Pods', 'Resource', 'ContainerResource', 'External'),
    'spec.metrics[].resource.name': is.some,
    'spec.metrics[].resource.target': is.anyOf('averageUtilization', 'averageValue', 'value'),
    'spec.metrics[].resource.target.type': is.exactly('Utilization', 'Value', 'AverageValue'),
    'spec.metrics[].resource.target.averageUtilization': is.between(1),
  }),
  ...rows(['autoscaling/HorizontalPodAutoscaler'], 'autoscaling: validateScalingRules', Object.assign({}, ...['scaleUp', 'scaleDown'].map((direction) => ({
    [`spec.behavior.${direction}.stabilizationWindowSeconds`]: is.between(0, 3600),
    [`spec.behavior.${direction}.selectPolicy`]: is.oneOf('Max', 'Min', 'Disabled'),
    [`spec.behavior.${direction}.policies`]: is.notEmpty,
    [`spec.behavior.${direction}.policies[].type`]: is.oneOf('Pods', 'Percent'),
    [`spec.behavior.${direction}.policies[].value`]: is.between(1),
    [`spec.behavior.${direction}.policies[].periodSeconds`]: is.between(1, 1800),
  })))),
  ...rows(['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'], 'rbac: ValidatePolicyRule', { 'rules[]': is.having('verbs'), 'rules[].verbs': is.notEmpty }),
  ...rows(['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'], 'rbac: ValidateRoleBinding', {
    'roleRef': is.having('name', 'kind'),
    'roleRef.apiGroup': is.oneOf('rbac.authorization.k8s.io'),
    'subjects[]': is.subject,
    'subjects[].kind': is.exactly('ServiceAccount', 'User', 'Group'),
    'roleRef.name': is.pathSegment,
  }),
  ...rows(['rbac.authorization.k8s.io/RoleBinding'], 'rbac: ValidateRoleBinding', { 'roleRef.kind': is.oneOf('Role', 'ClusterRole') }),
  ...rows(['rbac.authorization.k8s.io/ClusterRoleBinding'], 'rbac: ValidateClusterRoleBinding', { 'roleRef.kind': is.oneOf('ClusterRole') }),
  ...adminRows,
];

/** All that is asked of a kind. */
interface Asked {
  readonly bounds: BoundTree;
  readonly relations: readonly Relation[];
}

const asked = new Map<string, Asked>();

/** Kinds with a name of their own kind; every other is a DNS name. */
const ownNamed: ReadonlySet<string> = new Set([...labelNamed, ...labelOrShort, 'batch/Job', '/Service', ...segmentNamed]);

function askedOf(kind: string): Asked {
  let known = asked.get(kind);
  if (known === undefined) {
    const bounds = new BoundTree();
    if (!ownNamed.has(kind)) bounds.add(patternSteps('metadata.name'), is.dnsName);
    for (const { kinds, path, bound } of boundTable) if (kinds === any || kinds.includes(kind)) bounds.add(steps(path, podPaths[kind]), bound);
    asked.set(kind, known = { bounds, relations: relations.filter(({ kinds }) => kinds.includes(kind)) });
  }
  return known;
}

function steps(path: string, pod = ''): readonly Step[] {
  const full = path.replace(/^pod\b\.?/, pod && `${pod}.`);
  return patternSteps(full).map((step) => (typeof step === 'string' ? step : { key: step.key.replaceAll('|', '.') }));
}

/** What the API server has against an object of Kubernetes' own beyond its structure. */
export function boundComplaints(manifest: Readonly<Record<string, unknown>>): Complaint[] {
  const kind = `${groupOf(String(manifest['apiVersion']))}/${String(manifest['kind'])}`;
  const { bounds, relations: further } = askedOf(kind);
  const all = bounds.complaints(manifest);
  for (const { check } of further) all.push(...check(manifest, podPaths[kind]));
  return all;
}
