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

/**
 * The subcommands of `mas-cli manage` (MAS, crates/cli/src/commands/manage.rs). `register-user` asks for a password; `set-password` takes
 * it on the command line alone, and its image has no shell that could read it from elsewhere: the node's list of processes shows it, and the
 * words of an `exec` are in the request, which an audit log of Kubernetes' API keeps.
 */
function ofMas(homeserver: Homeserver): readonly UserCommand[] {
  const { names: { release }, registration, passwordLogin, mas, elementAdmin } = homeserver;
  const manage = (what: string, subcommand: string, terminal = false): UserCommand =>
    ({ what, command: `kubectl -n ${release} exec ${terminal ? '-it ' : ''}deploy/${release}-matrix-authentication-service -- mas-cli manage ${subcommand}` });
  const setPassword = manage(
    `gives a user a password for once, to be changed at once at ${mas ? `https://${mas.host}` : 'MAS'}: the node's list of processes shows it for a moment, and an audit log of Kubernetes' API, where there is one, for good${elementAdmin ? `; https://${elementAdmin.host} sets one unseen` : ''}`,
    'set-password USER "$PASSWORD"',
  );
  const token = manage('takes an access token of an admin\'s, for what follows', 'issue-compatibility-token USER --yes-i-want-to-grant-synapse-admin-privileges');
  return [
    manage(`makes an account: choose "${passwordLogin ? 'Set a password' : 'Add upstream provider mapping'}", then "Create the user"`, 'register-user', true),
    manage('makes an admin in the same way', 'register-user --admin', true),
    ...passwordLogin ? [{ ...setPassword, command: `PASSWORD=$(openssl rand -base64 15) && ${setPassword.command} && echo "$PASSWORD"` }] : [],
    manage('makes a user an admin', 'promote-admin USER'),
    manage('makes an admin a plain user again', 'demote-admin USER'),
    manage('lists the admins', 'list-admin-users'),
    manage('locks an account: nobody can log in, and everything stays', 'lock-user USER'),
    manage('unlocks it', 'unlock-user USER'),
    manage('takes an account away', 'lock-user --deactivate USER'),
    manage('ends all sessions of a user', 'kill-sessions USER'),
    manage('adds an e-mail address that counts as confirmed', 'add-email USER ADDRESS'),
    ...registration === 'token' ? [manage('makes a registration token for one account', 'issue-user-registration-token --usage-limit 1')] : [],
    // The token stands in a line of the log, behind a prefix of its own (MAS, crates/data-model/src/tokens.rs).
    { ...token, command: `TOKEN=$(${token.command} 2>&1 | grep -o 'mct_[A-Za-z0-9_]*') && echo taken` },
    ...api(homeserver, ['lists everybody', 'GET', 'v2/users?limit=100']),
  ];
}

/** Synapse's own tool makes accounts; for the rest there is its admin API (Synapse, docs/admin_api). */
function ofSynapse(homeserver: Homeserver): readonly UserCommand[] {
  const { names: { release }, serverName, registration } = homeserver;
  const user = `@USER:${serverName}`;
  return [
    {
      what: 'makes an account; it asks for name and password, and whether it is an admin\'s',
      command: `kubectl -n ${release} exec -it ${release}-synapse-main-0 -c synapse -- register_new_matrix_user -c /conf/homeserver.yaml http://localhost:8008`,
    },
    takeToken,
    ...api(
      homeserver,
      ['lists everybody', 'GET', 'v2/users?limit=100'],
      ['gives a user a password for once, which it makes and shows, and ends all sessions', 'POST', `v1/reset_password/${user}`, { logout_devices: true }, 'new_password'],
      ['makes a user an admin', 'PUT', `v1/users/${user}/admin`, { admin: true }],
      ['locks an account: nobody can log in, and everything stays', 'PUT', `v2/users/${user}`, { locked: true }],
      ['unlocks it', 'PUT', `v2/users/${user}`, { locked: false }],
      ['takes an account away', 'POST', `v1/deactivate/${user}`, { erase: false }],
      ...registration === 'token' ? [['makes a registration token for one account', 'POST', 'v1/registration_tokens/new', { uses_allowed: 1 }] as const] : [],
    ),
  ];
}

/**
 * A token is a password, too: what reads it shows it neither on the screen nor in the shell's history. It would also take the next line of
 * what is pasted for a token, which never begins as Synapse's do (synapse/handlers/auth.py).
 */
const takeToken: UserCommand = {
  what: 'takes the access token of an admin\'s, for what follows: paste this line alone, then the token, which Element Web shows below All settings, Help & About',
  command: `read -rs TOKEN; case $TOKEN in syt_*) echo taken;; *) unset TOKEN; echo 'that was no access token';; esac`,
};

type Request = readonly [what: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object, secret?: string];

/**
 * Requests to Synapse's admin API, with the access token of an admin in TOKEN. What is secret goes through pipes, by what bash and zsh have
 * within themselves, so that it is in no list of processes.
 */
function api({ synapse: { host } }: Homeserver, ...requests: readonly Request[]): readonly UserCommand[] {
  return requests.map(([what, method, path, body, secret]) => {
    const json = JSON.stringify(body);
    const request = (data: string) => `curl -sS -X ${method} -H @<(printf 'Authorization: Bearer %s' "$TOKEN") ${data}'https://${host}/_synapse/admin/${path}'`;
    if (secret === undefined) return { what, command: request(body === undefined ? '' : `-d '${json}' `) };
    return { what, command: `PASSWORD=$(openssl rand -base64 15) && printf '${json.replace('{', `{"${secret}":"%s",`)}' "$PASSWORD" | ${request('-d @- ')} && echo " $PASSWORD"` };
  });
}
