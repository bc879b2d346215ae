import { type Homeserver, masKeepsAccounts } from '../homeserver/homeserver';

/** Something to do with accounts. */
export interface UserCommand {
  readonly what: string;
  /** For a shell; `USER` stands for the part of the address between `@` and the colon. */
  readonly command: string;
}

/** Commands for the accounts of a homeserver, wherever it keeps them. */
export function userCommands(homeserver: Homeserver): readonly UserCommand[] {
  return masKeepsAccounts(homeserver) ? ofMas(homeserver) : ofSynapse(homeserver);
}

/** The subcommands of `mas-cli manage` (MAS, crates/cli/src/commands/manage.rs). */
function ofMas(homeserver: Homeserver): readonly UserCommand[] {
  const { names: { release }, registration } = homeserver;
  const manage = (what: string, subcommand: string, terminal = false): UserCommand =>
    ({ what, command: `kubectl -n ${release} exec ${terminal ? '-it ' : ''}deploy/${release}-matrix-authentication-service -- mas-cli manage ${subcommand}` });
  return [
    manage('makes an account, and asks for what it needs', 'register-user', true),
    manage('makes an admin', 'register-user --yes --admin --password PASSWORD USER'),
    manage('gives a user another password', 'set-password USER PASSWORD'),
    manage('makes a user an admin', 'promote-admin USER'),
    manage('makes an admin a plain user again', 'demote-admin USER'),
    manage('lists the admins', 'list-admin-users'),
    manage('locks an account: nobody can log in, and everything stays', 'lock-user USER'),
    manage('unlocks it', 'unlock-user USER'),
    manage('takes an account away', 'lock-user --deactivate USER'),
    manage('ends all sessions of a user', 'kill-sessions USER'),
    manage('adds an e-mail address that counts as confirmed', 'add-email USER ADDRESS'),
    ...registration === 'token' ? [manage('makes a registration token for one account', 'issue-user-registration-token --usage-limit 1')] : [],
    manage('prints an access token for the next command, of an admin\'s', 'issue-compatibility-token USER --yes-i-want-to-grant-synapse-admin-privileges'),
    ...api(homeserver, ['lists everybody', 'GET', 'v2/users?limit=100']),
  ];
}

/** Synapse's own tool makes accounts; for the rest there is its admin API (Synapse, docs/admin_api). */
function ofSynapse(homeserver: Homeserver): readonly UserCommand[] {
  const { names: { release, keySecret }, serverName, registration } = homeserver;
  const user = `@USER:${serverName}`;
  const secret = `$(kubectl -n ${release} get secret ${keySecret} -o go-template='{{.data.SYNAPSE_REGISTRATION_SHARED_SECRET | base64decode}}')`;
  return [
    {
      what: 'makes an account; it asks for name and password, and whether it is an admin\'s',
      command: `kubectl -n ${release} exec -it ${release}-synapse-main-0 -- register_new_matrix_user --shared-secret "${secret}" http://localhost:8008`,
    },
    ...api(
      homeserver,
      ['lists everybody; Element Web shows an admin his access token below All settings, Help & About', 'GET', 'v2/users?limit=100'],
      ['gives a user another password', 'POST', `v1/reset_password/${user}`, { new_password: 'PASSWORD', logout_devices: true }],
      ['makes a user an admin', 'PUT', `v1/users/${user}/admin`, { admin: true }],
      ['locks an account: nobody can log in, and everything stays', 'PUT', `v2/users/${user}`, { locked: true }],
      ['unlocks it', 'PUT', `v2/users/${user}`, { locked: false }],
      ['takes an account away', 'POST', `v1/deactivate/${user}`, { erase: false }],
      ...registration === 'token' ? [['makes a registration token for one account', 'POST', 'v1/registration_tokens/new', { uses_allowed: 1 }] as const] : [],
    ),
  ];
}

type Request = readonly [what: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object];

/** Requests to Synapse's admin API, with the access token of an admin in TOKEN. */
function api({ synapse: { host } }: Homeserver, ...requests: readonly Request[]): readonly UserCommand[] {
  return requests.map(([what, method, path, body]) => ({
    what,
    command: `curl -sS -X ${method} -H "Authorization: Bearer $TOKEN" ${body === undefined ? '' : `-d '${JSON.stringify(body)}' `}'https://${host}/_synapse/admin/${path}'`,
  }));
}
