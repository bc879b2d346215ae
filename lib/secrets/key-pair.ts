import { spawnSync } from 'node:child_process';
import type { Manifest } from '../gitops/manifest';

/** Where the controller lives: what `kubeseal` looks for, too. */
export const sealedSecretsNamespace = 'kube-system';
export const sealedSecretsName = 'sealed-secrets-controller';

/** How an admin asks the cluster for its certificate. */
export const fetchCertificate = `kubectl get --raw /api/v1/namespaces/${sealedSecretsNamespace}/services/http:${sealedSecretsName}:http/proxy/v1/cert.pem`;

/** Years are the controller's own: an old key still opens what it sealed, so nothing ends with them. */
const days = 3650;

export interface KeyPair {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}

/**
 * A key pair for sealing before there is a cluster, by openssl, since Node.js makes no certificates.
 * @returns undefined where there is no openssl
 * @throws Error - openssl made none
 */
export function newKeyPair(): KeyPair | undefined {
  const args = ['req', '-x509', '-newkey', 'rsa:4096', '-sha256', '-nodes', '-days', String(days), '-subj', '/O=sealed-secret', '-keyout', '-', '-out', '-'];
  const { error, status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
  const [privateKey, certificate] = ['PRIVATE KEY', 'CERTIFICATE'].map((what) => new RegExp(`-----BEGIN ${what}-----[^]*-----END ${what}-----\n`).exec(stdout ?? '')?.[0]);
  if (error || status !== 0 || !privateKey || !certificate) throw new Error(`openssl made no key pair: ${error?.message ?? stderr.trim()}`);
  return { certificate, privateKey };
}

/** The Secret by which the controller knows a key pair, from its first start on. */
export function keySecret({ certificate, privateKey }: KeyPair): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'sealed-secrets-key-fleet',
      namespace: sealedSecretsNamespace,
      labels: { 'sealedsecrets.bitnami.com/sealed-secrets-key': 'active' },
    },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(privateKey) },
  };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
