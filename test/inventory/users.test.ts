import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it('is read unseen, and gets to Synapse as it is by no list of processes', () => {
    const command = commands({ mas: false }).find((one) => one.includes('reset_password'))!;
    const folder = mkdtempSync(join(tmpdir(), 'users-'));
    const seen = (file: string) => readFileSync(join(folder, file), 'utf8');
    // In the place of curl: its words, what it is given as headers, and as data.
    writeFileSync(join(folder, 'curl'), '#!/bin/bash\nprintf "%s " "$@" > "$0.words"\nfor word; do [[ $word == @/* ]] && cat "${word#@}" > "$0.header"; done\ncat > "$0.data"\n');
    chmodSync(join(folder, 'curl'), 0o755);
    const password = 'pa"ss\\wo&rd/ $x';
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `read -rs TOKEN\n${command}`], { encoding: 'utf8', input: `the-token\n${password}\n`, env: { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) } });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(JSON.parse(seen('curl.data'))).toEqual({ new_password: password, logout_devices: true });
    expect(seen('curl.header')).toBe('Authorization: Bearer the-token');
    expect(seen('curl.words')).not.toMatch(/the-token|pa"ss/);
    rmSync(folder, { recursive: true });
  });

  it('of a user of MAS is one for once, where mas-cli takes it on its command line alone', () => {
    const command = commands().find((one) => one.includes('set-password'))!;
    expect(command).toMatch(/^PASSWORD=\$\(openssl rand -base64 15\) && kubectl .* mas-cli manage set-password USER "\$PASSWORD" && echo "\$PASSWORD"$/);
    const identityProviders = [{ id: 'sso', issuer: 'https://sso.example.org', clientId: 'x' }];
    expect(commands({ passwordLogin: false, identityProviders }).join('\n')).not.toContain('set-password');
  });
});
