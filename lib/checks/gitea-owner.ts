import type { Fault, Rule } from './rule';
import { placeIn, type TracedFleet } from './traced';

/** Names that Gitea keeps for itself: `reservedUsernames` in models/user/user.go, v1.26. */
const reserved: ReadonlySet<string> = new Set([
  '.', '..', '.well-known', 'api', 'assets', 'attachments', 'avatar', 'avatars', 'captcha', 'explore', 'favicon.ico', 'ghost', 'gitea-actions',
  'issues', 'login', 'manifest.json', 'metrics', 'milestones', 'notifications', 'org', 'pulls', 'repo', 'repo-avatars', 'robots.txt',
  'sitemap.xml', 'ssh_info', 'swagger.v1.json', 'user', 'v2',
]);

function* reservedOwner({ platform: { model: { gitea: { owner } }, words } }: TracedFleet): Generator<Fault> {
  if (reserved.has(owner.toLowerCase())) {
    yield { ...placeIn(words[0], ['platform', 'gitea', 'owner']), message: `${owner} is a name that Gitea keeps for itself`, fix: 'take another, such as ops' };
  }
}

export const giteaOwnerRules: readonly Rule<TracedFleet>[] = [{
  id: 'gitea-owner-reserved',
  severity: 'error',
  what: 'The owner of the fleet\'s repository is a name that an account may have.',
  why: 'Gitea would not make the account, and so never start (Gitea, models/user/user.go).',
  fix: 'Take another name, such as `ops`.',
  check: reservedOwner,
}];
