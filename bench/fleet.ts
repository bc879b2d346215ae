import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The n-th homeserver of a generated fleet. Ports go in pairs from 10000 up, since thousands do not fit the default range. */
export function options(n: number) {
  return { name: `hs${n}`, serverName: `hs${n}.example.org`, rtc: { tcp: 10000 + 2 * n, udp: 10001 + 2 * n } };
}

/** Room for thousands: it is disks that a homeserver needs most nodes for. */
export const cluster = { provider: 'yandex-cloud', kubernetes: '1.32', nodes: [{ count: 400, cpu: '8', memory: '32Gi' }], nodePorts: { from: 10000, to: 32767 } } as const;

export const platform = {
  gitea: { host: 'gitea.example.net' },
  argocd: { host: 'argocd.example.net' },
  certManager: { email: 'admin@example.net' },
  postgres: { maxConnections: 10000, size: '20Ti' },
  backups: { bucket: 'backups', endpoint: 'https://storage.yandexcloud.net' },
  monitoring: { host: 'grafana.example.net' },
} as const;

/** One PostgreSQL takes no more than 10,000 connections, which hundreds of homeservers share, not thousands. */
const budgets = { connections: { warn: 1000, refuse: 1000 } };

/** Writes a fleet's sources, one file a homeserver, as its user would. */
export function writeFleet(folder: string, size: number, root: string): void {
  const lib = JSON.stringify(join(root, 'lib'));
  mkdirSync(join(folder, 'instances'), { recursive: true });
  writeFileSync(join(folder, 'main.ts'), `import { fleet } from ${lib};\n\nexport default fleet(${JSON.stringify({ cluster, platform, budgets }, null, 2)});\n`);
  for (let n = 0; n < size; n++) writeHomeserver(folder, n, root);
}

/** Writes the file of the n-th homeserver, with further options. */
export function writeHomeserver(folder: string, n: number, root: string, more: object = {}): void {
  const { name, serverName, rtc } = options(n);
  writeFileSync(join(folder, 'instances', `${name}.ts`), `import { homeserver } from ${JSON.stringify(join(root, 'lib'))};

export default homeserver({
  name: '${name}',
  serverName: '${serverName}',
  rtc: { tcp: ${rtc.tcp}, udp: ${rtc.udp} },
  ...${JSON.stringify(more)},
});
`);
}
