import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import { resources } from '../cluster/resources';
import type { Manifest } from '../gitops/manifest';
// oxlint-disable-next-line import/default -- imported as its text
import script from './dynamic-address.pod.mjs';
import type { Homeserver } from './homeserver';
import { podSecurity, scriptImage, securityOfContainer } from './pod';

const name = 'dynamic-address';
const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Labels of its pods, by which policies find them. */
export const addressLabels = { 'app.kubernetes.io/name': name } as const;

/**
 * What starts the media server anew when the public address changes. The address goes into an annotation of its pods, which is both the
 * memory of the last one and what makes the Deployment roll; Argo CD leaves alone what others add to a map. It may read and change that
 * Deployment and nothing else.
 */
export function dynamicAddress({ names: { release: namespace }, rtc, state, surroundings }: Homeserver): readonly Manifest[] {
  if (!rtc || !rtc.dynamicAddress || state !== 'running') return [];
  const { stun, everyMinutes } = rtc.dynamicAddress;
  const deployment = `${namespace}-matrix-rtc-sfu`;
  const object = (apiVersion: string, kind: string, rest: object): Manifest => ({ apiVersion, kind, metadata: { name, namespace }, ...rest });
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
  return [
    object('v1', 'ServiceAccount', { automountServiceAccountToken: false }),
    object('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: [deployment], verbs: ['get', 'patch'] }] }),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef, subjects: [{ kind: 'ServiceAccount', name, namespace }] }),
    object('v1', 'ConfigMap', { data: { 'watch.mjs': script } }),
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      // A run fails whenever the connection is down: that is no news about this homeserver.
      metadata: { name, namespace, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
      spec: {
        schedule: `*/${everyMinutes} * * * *`,
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 60,
            template: {
              metadata: { labels: addressLabels },
              spec: {
                restartPolicy: 'Never',
                serviceAccountName: name,
                automountServiceAccountToken: true,
                enableServiceLinks: false,
                priorityClassName: surroundings.priorityClass,
                securityContext: podSecurity(1000),
                containers: [{
                  name: 'watch',
                  image: scriptImage,
                  command: ['node', '/script/watch.mjs'],
                  env: [
                    { name: 'STUN', value: stun },
                    { name: 'DEPLOYMENT', value: `https://kubernetes.default.svc/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}` },
                    { name: 'TOKEN_FILE', value: `${account}/token` },
                    { name: 'NODE_EXTRA_CA_CERTS', value: `${account}/ca.crt` },
                  ],
                  resources: resources('10m', '48Mi', '128Mi'),
                  securityContext: securityOfContainer,
                  volumeMounts: [{ name: 'script', mountPath: '/script', readOnly: true }],
                }],
                volumes: [{ name: 'script', configMap: { name } }],
              },
            },
          },
        },
      } satisfies Plain<k8s.CronJobSpec>,
    },
  ];
}
