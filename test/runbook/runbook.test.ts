import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Traced, TracedFleet } from '../../lib/checks';
import { readFleet } from '../../lib/cli/model';
import type { Homeserver } from '../../lib/homeserver/homeserver';
import type { HomeserverOptions } from '../../lib/homeserver/options';
import { markdown } from '../../lib/runbook/markdown';
import { runbookOf } from '../../lib/runbook/runbook';
import { fixture, root } from '../cli/fleet-folder';
import { demo } from '../homeserver/example';

let fleet: TracedFleet;
beforeAll(async () => {
  fleet = (await readFleet(fixture, root)).fleet!;
});

const traced = (model: Homeserver): Traced<Homeserver> => ({ model, words: [{ file: model.file, path: '', options: {} }] });
const runbook = (own: Partial<HomeserverOptions>) => runbookOf(fleet, traced(demo(own)));
const text = (own: Partial<HomeserverOptions>) => markdown(runbook(own));

const ess = { origin: { restoredFrom: 'ess' } } as const;
const chart = { origin: { restoredFrom: 'matrix-chart' } } as const;
const external = { database: { external: { host: 'db.example.net' } } } as const;
const kinds: Readonly<Record<string, Partial<HomeserverOptions>>> = {
  'to an external server': { ...ess, ...external },
  'moving accounts on an external server': { ...external, mas: { syn2mas: 'dry-run' } },
  'a new one on an external server': { ...external, mas: { syn2mas: 'prepare' } },
  fresh: {},
  'fresh without MAS': { mas: false },
  'from the ESS chart': { ...ess, hookshot: true },
  'from another chart': chart,
  'without MAS there': { ...chart, mas: false, elementWeb: false },
  'a rehearsal': { ...ess, rehearsal: { domain: 'new.example.org' } },
  'getting ready to move accounts': { ...chart, mas: { syn2mas: 'prepare' } },
  'a rehearsal of moving accounts': { mas: { syn2mas: 'dry-run' } },
  sealed: { ...ess, secrets: 'sealed' },
  'from a store': { ...chart, secrets: 'external', rehearsal: { domain: 'new.example.org' } },
  'from Vault': { ...chart, secrets: 'vault-plugin' },
  'moving accounts': { ...chart, mas: { syn2mas: 'migrate' } },
};

describe.each(Object.entries(kinds))('a runbook: %s', (_, own) => {
  it('has commands that bash can read, each under a name of its own', () => {
    const steps = runbook(own).sections.flatMap((section) => section.steps);
    const ids = steps.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const { id, shell } of steps) {
      if (shell === undefined) continue;
      const { status, stderr } = spawnSync('bash', ['-n'], { encoding: 'utf8', input: shell });
      expect(`${id}: ${stderr}`).toBe(`${id}: `);
      expect(status).toBe(0);
    }
  });

  it('is all of it in Markdown, with real names and nothing left open', () => {
    const page = text(own);
    for (const { shell, text: says } of runbook(own).sections.flatMap((section) => section.steps)) {
      expect(page).toContain(`- [ ] ${says}\n${shell === undefined ? '' : `\n\`\`\`bash\n${shell}\n\`\`\`\n`}`);
    }
    expect(page).toContain('matrix-demo');
    expect(page).not.toMatch(/undefined|\[object|NaN|TODO/);
  });
});

const titles = (own: Partial<HomeserverOptions>) => runbook(own).sections.map(({ title }) => title);
const ids = (own: Partial<HomeserverOptions>) => runbook(own).sections.flatMap(({ steps }) => steps.map(({ id }) => id));

describe('a move', () => {
  it('gives the keys after everything else is here, and points DNS here after that', () => {
    const order = ['Describe it here', 'Copy the media while the old server runs', 'Stop the old server', 'Dump the databases', 'Restore them here', 'Finish the media', 'Bring the certificates along', 'Give the keys', 'Point DNS here', 'See that it works', 'The way back'];
    for (const own of [ess, chart]) expect(titles(own).filter((title) => order.includes(title))).toEqual(order);
  });

  it('from the ESS chart fetches every key of its Secret, and no password of the old databases', () => {
    expect(text({ ...ess, hookshot: true })).toContain('take_key "$OLD_RELEASE-generated" HOOKSHOT_RSA_PASSKEY MATRIX_DEMO_HOOKSHOT_RSA_PASSKEY');
    expect(text(ess)).not.toMatch(/HOOKSHOT|POSTGRES_ADMIN_PASSWORD/);
    expect(text(ess)).toContain('old_database matrixauthenticationservice "$@"');
  });

  it('from another chart says where each key is, and which variable takes it', () => {
    expect(text(chart)).toContain('take_key "$OLD_KEYS" signing.key MATRIX_DEMO_SYNAPSE_SIGNING_KEY');
    expect(text(chart)).toContain('`secrets.encryption` of MAS\'s configuration. Then: `export MATRIX_DEMO_MAS_ENCRYPTION_SECRET_FILE=$PWD/MATRIX_DEMO_MAS_ENCRYPTION_SECRET`');
    expect(ids({ ...chart, mas: { syn2mas: 'prepare' } }).filter((id) => id.startsWith('find-'))).toEqual([]);
  });

  it('restores MAS only where accounts are in it', () => {
    expect(ids(chart)).toContain('restore-mas');
    for (const mas of [false, { syn2mas: 'prepare' }] as const) expect(ids({ ...chart, mas })).not.toContain('restore-mas');
  });
});

describe('what cannot be brought back', () => {
  it('is saved before the old server goes, which goes last of all', () => {
    const last = (own: Partial<HomeserverOptions>) => ids(own).filter((id) => ['sync-once', 'see-hosts', 'save-keys', 'keep-old', 'next-dry-run', 'forget-old'].includes(id));
    expect(last({})).toEqual(['see-hosts', 'save-keys']);
    expect(last(ess)).toEqual(['see-hosts', 'save-keys', 'forget-old']);
    expect(last({ ...ess, mas: { syn2mas: 'prepare' } })).toEqual(['see-hosts', 'save-keys', 'keep-old', 'next-dry-run']);
    expect(last({ ...ess, mas: { syn2mas: 'migrate' } })).toEqual(['save-keys', 'sync-once', 'see-hosts', 'forget-old']);
    expect(last({ mas: { syn2mas: 'migrate' } })).not.toContain('forget-old');
  });

  it('is not touched where something runs, as the first page and each command says', () => {
    for (const own of [ess, chart, { ...ess, rehearsal: { domain: 'new.example.org' } }] as const) {
      expect(text(own)).toContain('**If it runs here already, make nothing of this**');
      expect(ids(own)[1]).toBe('see-not-here');
    }
    for (const own of Object.values(kinds)) {
      const shells = runbook(own).sections.flatMap(({ steps }) => steps.flatMap(({ shell }) => shell ?? []));
      expect(shells.filter((shell) => /DROP SCHEMA|delete secret/.test(shell) && !shell.startsWith('nothing_runs && '))).toEqual([]);
    }
  });
});

describe('calls', () => {
  it('are let in, by the ports that they come in by', () => {
    expect(text(ess)).toMatch(/Let calls in, as `npm run ports -- demo` lists it: `\d+\/tcp` and `\d+\/udp` at the firewall of every node\./);
    expect(text({ rtc: { tcp: 30031, udp: false, exposure: 'LoadBalancer', publicIp: '203.0.113.7' } })).toContain('`30031/tcp` at its load balancer');
    expect(text({ rtc: { tcp: 30031, udp: 30032, dynamicAddress: true } })).toContain('`30031/tcp` and `30032/udp` at the router');
    expect(ids({ rtc: false })).not.toContain('let-calls-in');
    expect(ids({ mas: { syn2mas: 'migrate' } })).not.toContain('let-calls-in');
  });
});

describe('every host', () => {
  it('is asked for an answer, and MAS before accounts move to it', () => {
    const page = text({ ...ess, hookshot: { host: 'hooks.example.org' }, elementCall: true });
    for (const host of ['matrix', 'account', 'chat', 'admin', 'mrtc', 'call', 'hooks']) expect(page).toMatch(new RegExp(`^ *curl .* https://${host}\\.example\\.org/`, 'm'));
    expect(text({ ...ess, mas: { syn2mas: 'prepare' } })).not.toMatch(/curl .*account\.example\.org/);
    const order = ['point-dns', 'see-logins', 'sync-once', 'see-hosts', 'next-done'];
    expect(ids({ mas: { syn2mas: 'migrate' } }).filter((id) => order.includes(id))).toEqual(order);
    expect(text({ mas: { syn2mas: 'migrate' } })).toContain('`account.example.org` (A), `admin.example.org` (A).');
  });
});

describe('Secrets', () => {
  it('come by the way that the fleet says', () => {
    expect(text(ess)).toContain('secrets.sh --only matrix-demo');
    expect(text({ ...ess, secrets: 'sealed' })).toContain('npm --prefix "$FLEET" run seal -- demo');
    expect(text({ ...ess, secrets: 'external' })).toContain('new annotate externalsecret matrix-demo-generated force-sync=');
    expect(text({ ...ess, secrets: 'vault-plugin' })).toContain('annotate application matrix-demo-secrets argocd.argoproj.io/refresh=hard');
    for (const secrets of ['sealed', 'external', 'vault-plugin'] as const) expect(text({ ...ess, secrets })).not.toContain('secrets.sh');
  });

  it('from a store are named by entry, and are there before anything is pushed', () => {
    for (const secrets of ['external', 'vault-plugin'] as const) {
      const page = text({ secrets, companions: { maubot: true } });
      expect(page).toMatch(/^  - `[^`]*synapse-demo#password`: openssl rand/m);
      expect(page).not.toMatch(/^  - .*matrix-demo-generated/m);
      expect(ids({ secrets }).filter((id) => id === 'push' || id === 'make-passwords')).toEqual(['make-passwords', 'push']);
      const restored = text({ ...ess, secrets });
      expect(restored).toMatch(/^  - `[^`]*matrix-demo-generated#SYNAPSE_SIGNING_KEY`: .*, as file `MATRIX_DEMO_SYNAPSE_SIGNING_KEY` here holds it$/m);
      expect(restored.match(/synapse-demo#password/g)).toHaveLength(1);
      expect(text({ secrets, database: { builtIn: { size: '5Gi' } } })).toContain('There is nothing to write into');
    }
  });

  it('that come by themselves keep a homeserver stopped after a rehearsal', () => {
    const rehearsal = { domain: 'new.example.org' };
    expect(ids({ ...ess, rehearsal })).toContain('forget-keys');
    expect(ids({ ...ess, rehearsal, secrets: 'sealed' })).not.toContain('forget-keys');
    expect(text({ ...ess, rehearsal, secrets: 'sealed' })).toContain('Leave `state: \'stopped\'`');
  });
});

describe('an external server', () => {
  it('is reached by a pod once namespace and passwords are there, and only where something asks it', () => {
    const order = ['make-passwords', 'see-base', 'start-client', 'check-target-synapse', 'stop-client'];
    expect(ids({ ...ess, ...external }).filter((id) => order.includes(id))).toEqual(order);
    expect(runbook({ ...ess, ...external }).sections[0]!.steps[0]!.shell).not.toContain('apply');
    expect(ids(external)).not.toContain('start-client');
    for (const syn2mas of ['prepare', 'dry-run', 'migrate'] as const) expect(ids({ ...external, mas: { syn2mas } })).toContain('start-client');
  });

  it('is reached by images of the mirror, with its login, and through the network policies', () => {
    const page = text({ ...ess, ...external, networkPolicy: 'full', images: { registry: 'quay.io/example', pullSecret: true } });
    for (const [, pod] of page.matchAll(/^(\{.*"kind":"Pod".*\})$/gm)) {
      const isOld = pod!.includes('$OLD_IMAGE');
      expect(pod!.includes('"image":"quay.io/example/postgresql:')).toBe(!isOld);
      expect(pod!.includes('"imagePullSecrets":[{"name":"matrix-demo-images"}]')).toBe(!isOld);
    }
    expect(page).toContain('"name":"postgres-client","labels":{"app.kubernetes.io/component":"matrix-authentication"}');
    expect(page).not.toContain('"image":"ghcr.io');
  });
});

describe('a first start', () => {
  it('makes an account before anybody logs in', () => {
    for (const own of [{}, { mas: false }] as const) {
      expect(ids(own).filter((id) => id.endsWith('account') || id === 'see-people')).toEqual(['first-account', 'see-people']);
    }
    expect(ids(ess)).not.toContain('first-account');
  });

  it('does not ask a certificate of the staging authority for trust, and says what it keeps from', () => {
    expect(text({})).not.toContain('--insecure');
    const page = text({ issuer: 'staging' });
    expect(page).toContain('curl --silent --show-error --max-time 20 --insecure --fail https://');
    expect(page).not.toContain('federationtester');
  });
});

describe('behind a proxy', () => {
  const behind = async (own: Partial<HomeserverOptions>) => {
    const proxied = (await readFleet(join(root, 'examples', 'k3s-nginx-proxy-manager'), root)).fleet!;
    const { surroundings, nodePorts } = proxied.homeservers[0]!.model;
    return runbookOf(proxied, traced({ ...demo(own), surroundings, nodePorts }));
  };

  it('the switch is where the proxy passes requests on to, with the real ports, and back again', async () => {
    const page = markdown(await behind(ess));
    expect(page).toContain('`matrix.example.org` (Synapse) to `172.18.0.1:31435`');
    expect(page).toContain('run --silent proxy -- demo --output npm');
    const all = (await behind(ess)).sections.flatMap(({ steps }) => steps.map(({ id }) => id));
    expect(all).toEqual(expect.arrayContaining(['keep-proxy', 'point-proxy', 'point-proxy-back']));
    for (const id of ['point-dns', 'watch-dns', 'point-dns-back', 'bring-certificates']) expect(all).not.toContain(id);
  });
});

describe('certificates', () => {
  const titlesWith = (platform: object) => {
    const { platform: own } = fleet;
    const other = { ...fleet, platform: { ...own, model: { ...own.model, ...platform } } };
    return runbookOf(other, traced(demo(ess))).sections.map(({ title }) => title);
  };

  it('are brought along where they could not be issued before DNS points here, and only there', () => {
    const bring = 'Bring the certificates along';
    expect(titlesWith({})).toContain(bring);
    expect(titlesWith({ certManager: { email: 'a@example.org', solver: 'cloudflare', values: {} } })).not.toContain(bring);
    expect(titlesWith({ ingress: false })).not.toContain(bring);
  });
});

describe('a rehearsal', () => {
  const own = { ...ess, rehearsal: { domain: 'new.example.org' } };

  it('leaves the old server alone and the names that lead to it', () => {
    expect(ids(own)).not.toContain('stop-old');
    expect(text(own)).not.toMatch(/`(matrix\.)?example\.org` \(A\)/);
    expect(text(own)).toContain('`matrix.new.example.org` (A)');
  });

  it('ends with empty databases and no keys', () => {
    expect(titles(own).at(-1)).toBe('End the rehearsal');
    expect(ids(own)).toEqual(expect.arrayContaining(['forget-keys', 'empty-synapse', 'empty-mas']));
  });
});

it('each stage of moving accounts has its own commands, and says how the next begins', () => {
  expect(ids({ mas: { syn2mas: 'prepare' } })).toContain('next-dry-run');
  expect(ids({ mas: { syn2mas: 'dry-run' } })).toEqual(expect.arrayContaining(['sync-once', 'next-migrate']));
  expect(ids({ mas: { syn2mas: 'migrate' } })).toEqual(expect.arrayContaining(['save-synapse', 'sync-once', 'next-done', 'reset-marker']));
});
