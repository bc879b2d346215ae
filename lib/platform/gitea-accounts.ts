import type { SecretSpec } from '../secrets/secret';
import { namespaces, type Platform } from './platform';

/** Name of the account that Argo CD reads with. */
export const robot = 'argocd-robot';

/**
 * What Gitea encrypts and signs with, named after its own settings. Its configuration lasts no longer than a pod, so it would
 * make new ones at every start.
 */
export const keysSecret = {
  namespace: namespaces.gitea,
  name: 'gitea-keys',
  keys: [
    { key: 'SECRET_KEY', random: 'hex64' },
    { key: 'INTERNAL_TOKEN', random: 'gitea-internal-token' },
    { key: 'JWT_SECRET', random: 'base64url32' },
    { key: 'LFS_JWT_SECRET', random: 'base64url32' },
  ],
} as const satisfies SecretSpec;

/** The administrator, who owns the fleet's repository. */
export function adminSecret({ gitea: { owner } }: Platform): SecretSpec {
  return accountSecret('gitea-admin', owner);
}

/** The account that Argo CD reads with: it owns nothing and may write nowhere. */
export const robotSecret = accountSecret('gitea-robot', robot);

function accountSecret(name: string, username: string): SecretSpec {
  return { namespace: namespaces.gitea, name, keys: [{ key: 'username', literal: username }, { key: 'password', random: 'password' }] };
}

/**
 * Brings the database up to date and makes the accounts. Their passwords are the Secret's, at every start: to change one,
 * change the Secret and restart; one that is lost is read there.
 *
 * The repository's owner is the administrator, since a push can make a repository of its own but no organisation. What it
 * makes is public to everybody who is signed in, hence to the robot, which then needs no invitation.
 */
export function accountsScript({ gitea: { owner, host } }: Platform): string {
  return `set -eu
account() {
  name=$1 password=$2
  shift 2
  gitea admin user change-password --username "$name" --password "$password" --must-change-password=false 2>/dev/null ||
    gitea admin user create --username "$name" --password "$password" --email "$name@${host}" --must-change-password=false "$@"
}
gitea migrate
account '${owner}' "$ADMIN_PASSWORD" --admin
account '${robot}' "$ROBOT_PASSWORD"
`;
}
