import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The n-th homeserver of a generated fleet. Ports go in pairs from 10000 up, since thousands do not fit the default range. */
export function options(n: number) {
  return { name: `hs${n}`, serverName: `hs${n}.example.org`, rtc: { tcp: 10000 + 2 * n, udp: 10001 + 2 * n } };
}

export const cluster = { provider: 'yandex-cloud', kubernetes: '1.32', nodes: [{ count: 3, cpu: '2', memory: '6Gi' }], nodePorts: { from: 10000, to: 32767 } } as const;

export const platform = {
  gitea: { host: 'gitea.example.net' },
  argocd: { host: 'argocd.example.net' },
  certManager: { email: 'admin@example.net' },
  postgres: { maxConnections: 10000 },
  backups: { bucket: 'backups', endpoint: 'https://storage.yandexcloud.net' },
  monitoring: { host: 'grafana.example.net' },
} as const;

/** Writes a fleet's sources, one file a homeserver, as its user would. */
export function writeFleet(folder: string, size: number, root: string): void {
  const lib = JSON.stringify(join(root, 'lib'));
  mkdirSync(join(folder, 'instances'), { recursive: true });
  writeFileSync(join(folder, 'main.ts'), `import { fleet } from ${lib};\n\nexport default fleet(${JSON.stringify({ cluster, platform }, null, 2)});\n`);
  for (let n = 0; n < size; n++) {
    const { name, serverName, rtc } = options(n);
    writeFileSync(join(folder, 'instances', `${name}.ts`), `import { homeserver } from ${lib};

export default homeserver({
  name: '${name}',
  serverName: '${serverName}',
  rtc: { tcp: ${rtc.tcp}, udp: ${rtc.udp} },
});
`);
  }
}
