import { describe, expect, it } from 'vitest';
import { userCommands } from '../../lib/inventory/users';
import { demo } from '../homeserver/example';

const commands = (...args: Parameters<typeof demo>) => userCommands(demo(...args)).map(({ command }) => command);

describe('commands for accounts', () => {
  it('go to MAS where it keeps them', () => {
    expect(commands()[0]).toBe('kubectl -n matrix-demo exec -it deploy/matrix-demo-matrix-authentication-service -- mas-cli manage register-user');
    expect(commands()).toContain('kubectl -n matrix-demo exec deploy/matrix-demo-matrix-authentication-service -- mas-cli manage lock-user --deactivate USER');
    expect(commands().at(-1)).toBe('curl -sS -X GET -H "Authorization: Bearer $TOKEN" \'https://matrix.example.org/_synapse/admin/v2/users?limit=100\'');
  });

  it('go to Synapse where MAS is off, or accounts are only on their way', () => {
    for (const mas of [false, { syn2mas: 'dry-run' }] as const) {
      expect(commands({ mas })[0]).toContain('matrix-demo-synapse-main-0 -- register_new_matrix_user --shared-secret');
      expect(commands({ mas }).join('\n')).not.toContain('mas-cli');
      expect(commands({ mas })).toContain('curl -sS -X PUT -H "Authorization: Bearer $TOKEN" -d \'{"locked":true}\' \'https://matrix.example.org/_synapse/admin/v2/users/@USER:example.org\'');
    }
  });

  it('make registration tokens only where they are asked for', () => {
    for (const mas of [{}, false] as const) {
      expect(commands({ mas }).join('\n')).not.toMatch(/registration.token/);
      expect(commands({ mas, registration: 'token' }).join('\n')).toMatch(/registration.token/);
    }
  });
});
