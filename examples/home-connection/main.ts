import { fleet } from '../../lib';

// One machine at home: k3s with its own Traefik, behind a router whose public address changes and whose ports 80 and 443 are blocked.
export default fleet({
  cluster: {
    provider: 'k3s',
    kubernetes: '1.34',
    nodes: [{ count: 1, cpu: '4', memory: '8Gi' }],
    // A rented server has 443 and passes it on to the router's 8443, as the README says; 80 is nowhere.
    publicPorts: [443],
    // Not every router leads the public names back in: pods reach them at the machine itself.
    hairpin: '192.168.1.10',
  },
  platform: {
    gitea: { host: 'git.example.org' },
    argocd: { host: 'argocd.example.org' },
    certManager: { email: 'admin@example.org', solver: 'cloudflare' },
    postgres: { instances: 1, size: '20Gi', walSize: '5Gi', maxConnections: 150 },
    backups: { bucket: 'home-backups', endpoint: 'https://s3.eu-central-003.backblazeb2.com', region: 'eu-central-003' },
    monitoring: {
      host: 'grafana.example.org',
      sizes: { victoriaMetrics: '10Gi', loki: '10Gi' },
      alerts: { email: { to: 'admin@example.org', from: 'home@example.org', server: 'smtp.example.org:587', user: 'home@example.org' } },
    },
  },
  defaults: {
    networkPolicy: 'full',
    synapse: { media: { backup: true } },
  },
});
