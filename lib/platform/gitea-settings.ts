import type { Manifest } from '../gitops/manifest';
import { keysSecret } from './gitea-accounts';
import { namespaces, type Platform } from './platform';

/** Where the keys are mounted. */
export const keysFolder = '/run/secrets/gitea';

/** Ports of the pod: those of an image that runs without root. */
export const ports = { http: 3000, ssh: 2222 } as const;

/** Gitea's configuration by section; what stands here wins over the image's own. */
function settings({ gitea: { host, branch } }: Platform): Record<string, Record<string, string>> {
  return {
    server: {
      DOMAIN: host,
      ROOT_URL: `https://${host}/`,
      HTTP_PORT: String(ports.http),
      START_SSH_SERVER: 'true',
      SSH_DOMAIN: host,
      SSH_PORT: '22',
      SSH_LISTEN_PORT: String(ports.ssh),
      LFS_START_SERVER: 'true',
      // No avatars from elsewhere.
      OFFLINE_MODE: 'true',
    },
    database: { DB_TYPE: 'sqlite3', SQLITE_JOURNAL_MODE: 'WAL' },
    // Without the lock, the first visitor would own the server.
    security: { INSTALL_LOCK: 'true' },
    service: { DISABLE_REGISTRATION: 'true', REQUIRE_SIGNIN_VIEW: 'true', DEFAULT_ALLOW_CREATE_ORGANIZATION: 'false' },
    openid: { ENABLE_OPENID_SIGNIN: 'false', ENABLE_OPENID_SIGNUP: 'false' },
    repository: {
      DEFAULT_BRANCH: branch,
      // The first push makes the fleet's repository, readable for everybody who is signed in.
      ENABLE_PUSH_CREATE_USER: 'true',
      ENABLE_PUSH_CREATE_ORG: 'true',
      DEFAULT_PUSH_CREATE_PRIVATE: 'false',
      // For administrators it does not count; for others, an administrator may raise it one by one.
      MAX_CREATION_LIMIT: '0',
    },
    actions: { ENABLED: 'true' },
    // Argo CD and the runners have private addresses.
    webhook: { ALLOWED_HOST_LIST: 'private' },
    'cron.update_checker': { ENABLED: 'false' },
    log: { MODE: 'console', LEVEL: 'Info' },
  };
}

/** The settings as variables, which the image's entry point writes into its configuration. */
export function giteaConfigMap(platform: Platform): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'gitea-settings', namespace: namespaces.gitea },
    data: environment(platform),
  };
}

/** `GITEA__section__KEY`, and the keys by the files that hold them. */
function environment(platform: Platform): Record<string, string> {
  const variables = Object.entries(settings(platform))
    .flatMap(([section, keys]) => Object.entries(keys).map(([key, value]) => [variable(section, key), value]));
  const files = keysSecret.keys.map(({ key }) => [`${variable(keySections[key], key)}__FILE`, `${keysFolder}/${key}`]);
  return Object.fromEntries([...variables, ...files]);
}

const keySections = { SECRET_KEY: 'security', INTERNAL_TOKEN: 'security', JWT_SECRET: 'oauth2', LFS_JWT_SECRET: 'server' } as const;

function variable(section: string, key: string): string {
  return `GITEA__${section.replaceAll('.', '_0X2E_')}__${key}`;
}
