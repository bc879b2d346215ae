import { fleet } from './lib';

// This cluster and what is installed on it once. Every file under instances/ is one homeserver on it.
export default fleet({
  cluster: {
    provider: 'yandex-cloud',
    kubernetes: '1.32',
    nodes: [{ count: 3, cpu: '2', memory: '6Gi' }],
  },
  platform: {
    gitea: { host: 'gitea.mrt0rtikize.ru' },
    argocd: { host: 'argocd.mrt0rtikize.ru' },
    certManager: { email: 'admin@mrt0rtikize.ru' },
    postgres: { instances: 3, size: '50Gi', walSize: '10Gi', maxConnections: 200 },
    backups: { bucket: 'shared-pg-backups', endpoint: 'https://storage.yandexcloud.net', schedule: '0 0 3 * * *', retention: '30d' },
    monitoring: { host: 'grafana.mrt0rtikize.ru' },
  },
});
