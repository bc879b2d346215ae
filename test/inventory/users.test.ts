import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userCommands } from '../../lib/inventory/users';
import { demo } from '../homeserver/example';

const commands = (...args: Parameters<typeof demo>) => userCommands(demo(...args)).map(({ command }) => command);

describe('commands for accounts', () => {
  it('go to MAS where it keeps them', () => {
    expect(commands()[0]).toBe('kubectl -n matrix-demo exec -it deploy/matrix-demo-matrix-authentication-service -- mas-cli manage register-user');
    expect(commands()).toContain('kubectl -n matrix-demo exec deploy/matrix-demo-matrix-authentication-service -- mas-cli manage lock-user --deactivate USER');
    expect(commands().at(-1)).toBe('curl -sS -X GET -H @<(printf \'Authorization: Bearer %s\' "$TOKEN") \'https://matrix.example.org/_synapse/admin/v2/users?limit=100\'');
  });

  it('go to Synapse where MAS is off, or accounts are only on their way', () => {
    for (const mas of [false, { syn2mas: 'dry-run' }] as const) {
      expect(commands({ mas })[0]).toBe('kubectl -n matrix-demo exec -it matrix-demo-synapse-main-0 -c synapse -- register_new_matrix_user -c /conf/homeserver.yaml http://localhost:8008');
      expect(commands({ mas }).join('\n')).not.toContain('mas-cli');
      expect(commands({ mas })).toContain('curl -sS -X PUT -H @<(printf \'Authorization: Bearer %s\' "$TOKEN") -d \'{"locked":true}\' \'https://matrix.example.org/_synapse/admin/v2/users/@USER:example.org\'');
    }
  });

  it('make registration tokens only where they are asked for', () => {
    for (const mas of [{}, false] as const) {
      expect(commands({ mas }).join('\n')).not.toMatch(/registration.token/);
      expect(commands({ mas, registration: 'token' }).join('\n')).toMatch(/registration.token/);
    }
  });
});

describe('a password or token', () => {
  it('is never a word of a command', () => {
    for (const mas of [{}, false] as const) {
      for (const command of commands({ mas })) expect(command).not.toMatch(/ -p |--password|--shared-secret|-H ["']|set-password USER [^"]/);
    }
  });

  /** What a command of ours does with `curl` and `kubectl` that write down what they are given. */
  const run = (command: string, input: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'users-'));
    const programs = {
      curl: 'printf "%s " "$@" > "$0.words"\nfor word; do [[ $word == @/* ]] && cat "${word#@}" > "$0.header"; done\ncat > "$0.data"\n',
      kubectl: 'echo "2026-01-01 INFO mas_cli::commands::manage:488 Compatibility token issued: mct_Abc123_x1 compat_session.id=01" >&2\n',
    };
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/bash\n${text}`);
      chmodSync(join(folder, name), 0o755);
    }
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8', input, env: { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) } });
    const seen = Object.fromEntries(['words', 'header', 'data'].map((what) => [what, existsSync(join(folder, `curl.${what}`)) ? readFileSync(join(folder, `curl.${what}`), 'utf8') : undefined]));
    rmSync(folder, { recursive: true });
    return { status, stdout, stderr, seen };
  };

  it('gets to Synapse by no list of processes', () => {
    const all = userCommands(demo({ mas: false })).map(({ command }) => command);
    const [token, reset] = [all.find((one) => one.includes('read '))!, all.find((one) => one.includes('reset_password'))!];
    const { status, stdout, stderr, seen } = run(`${token}\n${reset}`, 'syt_YW5uYQ_abc_123\n');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [, password] = /^taken\n (\S{20})\n$/.exec(stdout)!;
    expect(JSON.parse(seen['data']!)).toEqual({ new_password: password, logout_devices: true });
    expect(seen['header']).toBe('Authorization: Bearer syt_YW5uYQ_abc_123');
    expect(seen['words']).not.toContain('syt_');
    expect(seen['words']).not.toContain(password);
  });

  it('is not what was pasted behind the line that asks for it', () => {
    const token = commands({ mas: false }).find((one) => one.includes('read '))!;
    for (const pasted of ['', '# lists everybody', 'curl -sS']) expect(run(`${token}; echo "<$TOKEN>"`, `${pasted}\n`).stdout).toBe('that was no access token\n<>\n');
    for (const mas of [{}, false] as const) expect(commands({ mas }).filter((one) => /\bread\b/.test(one))).toEqual(mas === false ? [token] : []);
  });

  it('of an admin of MAS is taken out of its log, and not shown', () => {
    const token = commands().find((one) => one.includes('issue-compatibility-token'))!;
    expect(run(`${token}; echo "<$TOKEN>"`, '').stdout).toBe('taken\n<mct_Abc123_x1>\n');
  });

  it('of a user of MAS is one for once, where mas-cli takes it on its command line alone', () => {
    const command = commands().find((one) => one.includes('set-password'))!;
    expect(command).toMatch(/^PASSWORD=\$\(openssl rand -base64 15\) && kubectl .* mas-cli manage set-password USER "\$PASSWORD" && echo "\$PASSWORD"$/);
    const identityProviders = [{ id: 'sso', issuer: 'https://sso.example.org', clientId: 'x' }];
    expect(commands({ passwordLogin: false, identityProviders }).join('\n')).not.toContain('set-password');
  });
});
