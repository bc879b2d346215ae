import { fleet } from '../../lib';

// One machine: k3s without its Traefik, and Nginx Proxy Manager in Docker, which has ports 80 and 443 and all certificates.
export default fleet({
  cluster: {
    provider: 'k3s',
    kubernetes: '1.34',
    nodes: [{ count: 1, cpu: '6', memory: '12Gi' }],
    // The machine as Docker's containers reach it, and the network that Nginx Proxy Manager is in.
    proxy: { address: '172.18.0.1', from: '172.18.0.0/16' },
    // Pods reach https://matrix.gigglin.tech by the same way, since not every router leads the public address back in.
    hairpin: '172.18.0.1',
  },
  platform: {
    gitea: { host: 'git.gigglin.tech', nodePort: 30300 },
    argocd: { host: 'argocd.gigglin.tech', nodePort: 30301 },
    certManager: false,
    postgres: false,
    backups: false,
    monitoring: false,
  },
});
