import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import { createHash } from 'node:crypto';
import { priorityClasses } from '../cluster/cluster';
import type { Manifest } from '../gitops/manifest';
import type { SecretSpec } from '../secrets/secret';
import { accountsScript, adminSecret, keysSecret, robotSecret } from './gitea-accounts';
import { giteaConfigMap, keysFolder, ports } from './gitea-settings';
import { namespaces, type Platform } from './platform';
import { pins } from './versions';

/** Labels by which Services and policies find the pod. */
export const giteaLabels = { 'app.kubernetes.io/name': 'gitea' } as const;

/** Claim of the volume that holds database and repositories. */
export const giteaClaim = 'gitea-data';

/** The user that the image's files belong to. */
const user = 1000;

/** One Gitea on SQLite: it needs nothing that it later installs, and two of it would spoil the database. */
export function giteaDeployment(platform: Platform): Manifest {
  const settings = giteaConfigMap(platform);
  const container = (name: string) => ({
    name,
    image: pins.gitea.image,
    imagePullPolicy: 'IfNotPresent',
    envFrom: [{ configMapRef: { name: settings.metadata.name } }],
    resources: platform.gitea.resources,
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'data', mountPath: '/var/lib/gitea' },
      { name: 'configuration', mountPath: '/etc/gitea' },
      { name: 'temporary', mountPath: '/tmp' },
      { name: 'keys', mountPath: keysFolder, readOnly: true },
    ],
  });
  const healthz = { path: '/api/healthz', port: 'http' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'gitea', namespace: namespaces.gitea, labels: giteaLabels },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: giteaLabels },
      template: {
        // Other settings, another pod.
        metadata: { labels: giteaLabels, annotations: { 'checksum/settings': digest(settings) } },
        spec: {
          priorityClassName: priorityClasses.platform.name,
          automountServiceAccountToken: false,
          // A Service named gitea… would put variables into the pod that the entry point reads as settings.
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 60,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: user,
            runAsGroup: user,
            fsGroup: user,
            fsGroupChangePolicy: 'OnRootMismatch',
            seccompProfile: { type: 'RuntimeDefault' },
          },
          initContainers: [
            {
              ...container('accounts'),
              // Arguments, not a command: the image's entry point writes the configuration and then runs them.
              args: ['sh', '-c', accountsScript(platform)],
              env: [password('ADMIN_PASSWORD', adminSecret(platform)), password('ROBOT_PASSWORD', robotSecret)],
            },
          ],
          containers: [
            {
              ...container('gitea'),
              ports: [
                { name: 'http', containerPort: ports.http },
                { name: 'ssh', containerPort: ports.ssh },
              ],
              // Five minutes for what a new version does to an old database.
              startupProbe: { httpGet: healthz, periodSeconds: 5, failureThreshold: 60 },
              readinessProbe: { httpGet: healthz, periodSeconds: 10, timeoutSeconds: 5 },
              livenessProbe: { httpGet: healthz, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
            },
          ],
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName: giteaClaim } },
            { name: 'configuration', emptyDir: {} },
            { name: 'temporary', emptyDir: {} },
            // By name, so that a pod waits for a key that is missing, instead of running with an invented one.
            {
              name: 'keys',
              secret: { secretName: keysSecret.name, defaultMode: 0o440, items: keysSecret.keys.map(({ key }) => ({ key, path: key })) },
            },
          ],
        },
      },
    } satisfies Plain<k8s.DeploymentSpec>,
  };
}

/** A variable with the password of an account's Secret. */
function password(variable: string, { name }: SecretSpec): Plain<k8s.EnvVar> {
  return { name: variable, valueFrom: { secretKeyRef: { name, key: 'password' } } };
}

function digest(manifest: Manifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}
