import { fleet } from '../../lib';

/** The authority of the managed PostgreSQL, as the console offers it for download: no secret. Put yours here; this one signs nothing. */
const rdsAuthority = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUZJaGnn4/WpGZioDpZfC2cuCvccMwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVUkRTIENBIG9mIHRoZSBleGFtcGxlMB4XDTI2MTEyMTA2Mzk1
MloXDTM2MTExODA2Mzk1MlowIDEeMBwGA1UEAwwVUkRTIENBIG9mIHRoZSBleGFt
cGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9ZtL5HIHJxx6td7NY5aCDLiz
Mi0Im2T/SMD+GrcFNWMGrnRbHeYZsbiGmXHTj7kAlE5qs1S5YYx4OPMZ2wh3C6NT
MFEwHQYDVR0OBBYEFKS/nITtLyTGCK0HJE/4nf6hp0fNMB8GA1UdIwQYMBaAFKS/
nITtLyTGCK0HJE/4nf6hp0fNMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
SAAwRQIhAPSovVLDafixHALAr7X/O3ilInb4Fwl4SA+jyMD1KQZYAiAL8C+NjIpg
22ZrOyTv1Hxib/7jYhUTpXuY3vgTepgafw==
-----END CERTIFICATE-----
`;

// A managed cluster with an ingress controller, a load balancer, a managed PostgreSQL and an NFS server, all of them there before.
export default fleet({
  cluster: {
    provider: 'generic',
    kubernetes: '1.33',
    nodes: [{ count: 3, cpu: '4', memory: '16Gi', volumes: 20 }],
    ingress: { controller: 'ingress-nginx' },
    // csi-disk deletes a disk with its claim; evs-retain is made beforehand, as the README says.
    storage: { fast: 'csi-disk', bulk: 'csi-disk', fastRetain: 'evs-retain', bulkRetain: 'evs-retain' },
  },
  platform: {
    gitea: { host: 'git.otc-service.com' },
    // The plugin itself comes by values, with an image of yours and your Vault's address, as docs/secrets.md has it. Without it no Secret comes.
    argocd: { host: 'argocd.otc-service.com', vaultPlugin: { path: 'secret/data/element' } },
    certManager: { email: 'admin@otc-service.com' },
    postgres: false,
    backups: false,
    monitoring: false,
  },
  secrets: 'vault-plugin',
  defaults: {
    images: { registry: 'quay.io/opentelekomcloud', pullSecret: true },
    database: { external: { host: 'rds.internal.otc-service.com', sslMode: 'verify-ca', ca: rdsAuthority, initialise: { user: 'root' } } },
    elementWeb: { brand: 'OTC Chat', theme: 'dark' },
    // Let's Encrypt gives 90 days; the time before their end is ours to say.
    certificates: { renewBefore: '720h' },
  },
});
