import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FleetFolder, root } from './fleet-folder';

let fleet: FleetFolder;
beforeEach(() => {
  fleet = new FleetFolder();
});
afterEach(() => fleet.remove());

const demo = `import { homeserver } from '../lib';

export default homeserver({
  name: 'demo',
  serverName: 'example.org',
  rtc: { tcp: 30019, udp: 30020 },
});
`;

describe('synth', () => {
  it('writes the tree, says what it did, and touches nothing the second time', () => {
    expect(fleet.run(['synth'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^dist\/: \d+ new\n$/), stderr: '' });
    const file = join(fleet.path, 'dist', 'argocd', 'app-of-apps.yaml');
    const before = statSync(file).mtimeMs;
    expect(fleet.run(['synth'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^dist\/: \d+ unchanged\n$/) });
    expect(statSync(file).mtimeMs).toBe(before);
  });

  it('gives the same bytes in any locale, time zone and place', () => {
    fleet.run(['synth']);
    const here = fleet.dist();
    const elsewhere = new FleetFolder();
    elsewhere.run(['synth'], { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', CDK8S_DISABLE_SORT: '1' });
    expect(elsewhere.dist()).toEqual(here);
    elsewhere.remove();
  });

  it('adds a homeserver\'s own files, and takes them away, without a byte of any other', () => {
    fleet.run(['synth']);
    const before = fleet.dist();
    fleet.write('instances/demo.ts', demo);
    expect(fleet.run(['synth']).status).toBe(0);
    const after = fleet.dist();
    const added = [...after.keys()].filter((path) => !before.has(path));
    expect(added.length).toBeGreaterThan(10);
    expect(added.filter((path) => !/matrix-demo/.test(path))).toEqual([]);
    for (const [path, text] of before) expect(after.get(path), path).toBe(text);
    fleet.delete('instances/demo.ts');
    expect(fleet.run(['synth']).status).toBe(0);
    expect(fleet.dist()).toEqual(before);
  });

  it('takes many homeservers from one file, and from main.ts', () => {
    fleet.write('instances/many.ts', `export default ['a', 'b'].map((name, i) => ({ name, serverName: name + '.example.org', rtc: { tcp: 30100 + 2 * i, udp: 30101 + 2 * i } }));`);
    expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: expect.not.stringContaining('error') });
    expect([...fleet.dist().keys()]).toEqual(expect.arrayContaining(['argocd/apps/homeservers/matrix-a.yaml', 'argocd/apps/homeservers/matrix-b.yaml']));
  });

  it('takes manifests from wherever a file gets them, such as YAML that cdk8s reads', () => {
    fleet.write('instances/extra.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: motd }\ndata: { text: hello }\n');
    fleet.write('instances/demo.ts', `import { Yaml } from 'cdk8s';\nimport { join } from 'node:path';\n${demo.replace('rtc:', "manifests: Yaml.load(join(__dirname, 'instances', 'extra.yaml')),\n  rtc:")}`);
    expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: '' });
    expect(fleet.dist().get('manifests/matrix-demo-base/configmap-motd.yaml')).toContain('text: hello');
  });

  it('has nothing against a fleet without homeservers', () => {
    fleet.delete('instances');
    expect(fleet.run(['synth'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('says all that is wrong at once, and leaves dist/ as it was', () => {
    fleet.run(['synth']);
    const before = fleet.dist();
    fleet.write('instances/one.ts', demo.replace('serverName', 'sevrerName'));
    fleet.write('instances/two.ts', demo.replace("'demo'", "'roglog'"));
    fleet.write('instances/three.ts', 'export default {');
    fleet.write('instances/four.ts', 'throw new Error("no");');
    const { status, stderr, stdout } = fleet.run(['synth']);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    for (const file of ['one', 'two', 'three', 'four']) expect(stderr).toContain(`instances/${file}.ts`);
    expect(stderr).toContain('did you mean serverName?');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(fleet.dist()).toEqual(before);
  });

  it('gives findings as data', () => {
    fleet.write('instances/one.ts', demo.replace('serverName', 'sevrerName'));
    const { status, stdout } = fleet.run(['synth', '-o', 'json']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout).findings[0]).toMatchObject({ severity: 'error', file: 'instances/one.ts', rule: expect.any(String), path: expect.any(String), message: expect.any(String), fix: expect.any(String) });
  });

  it('does not end where an instance file would end it', () => {
    fleet.write('instances/a.ts', 'process.exit(0);');
    const { status, stdout } = fleet.run(['synth', '-o', 'json']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'source-throws', message: expect.stringContaining('process.exit would end the command') }]);
  });

  it('keeps its output to itself, whatever an instance file prints or leaves running', () => {
    fleet.write('instances/loud.ts', `console.log('hello'); setTimeout(() => { throw new Error('late'); }); setTimeout(() => process.exit(0), 1); Promise.reject(new Error('lost')).finally(() => undefined);\n${demo}`);
    const { status, stdout } = fleet.run(['synth', '-o', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ findings: expect.not.arrayContaining([expect.objectContaining({ severity: 'error' })]), dist: { added: expect.any(Array) } });
  });

  it('deletes no file that it did not write', () => {
    fleet.run(['synth']);
    writeFileSync(join(fleet.path, 'dist', 'notes.md'), 'mine');
    expect(fleet.run(['synth']).status).toBe(0);
    expect(fleet.dist().get('notes.md')).toBe('mine');
  });
});

describe('synth --check', () => {
  it('is content with what synth wrote', () => {
    fleet.run(['synth']);
    expect(fleet.run(['synth', '--check'])).toMatchObject({ status: 0, stdout: 'dist/ is what the sources give\n' });
  });

  it('says what is stale, and writes nothing', () => {
    fleet.run(['synth']);
    const before = fleet.dist();
    fleet.write('instances/demo.ts', demo);
    fleet.delete('instances/uretra.ts');
    const { status, stdout } = fleet.run(['synth', '--check']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^missing {2}argocd\/apps\/homeservers\/matrix-demo\.yaml$/m);
    expect(stdout).toMatch(/^stale {4}argocd\/apps\/homeservers\/matrix-uretra\.yaml$/m);
    expect(fleet.dist()).toEqual(before);
  });
});

describe('the ways in which others call it', () => {
  it('cdk8s synth ends well, and dist/ is written by the app', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), 'synth', '--no-check-upgrade',
      '--app', `node bin/matrix-fleet.js synth --fleet ${fleet.path}`, '--output', join(fleet.path, 'scratch')],
      { cwd: root, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(fleet.dist().size).toBeGreaterThan(50);
  });

  it('a --check that npm kept for itself writes nothing', () => {
    expect(fleet.run(['synth'], { npm_config_check: 'true' })).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run synth -- --check') });
  });
});

describe('the command line', () => {
  it('knows what was meant', () => {
    expect(fleet.run(['sinth'])).toMatchObject({ status: 2, stderr: 'matrix-fleet: there is no verb sinth; did you mean synth?\n' });
    expect(fleet.run(['synth', '--chek'])).toMatchObject({ status: 2, stderr: 'matrix-fleet: there is no option --chek; did you mean --check?\n' });
    expect(fleet.run(['synth', '-o', 'xml'])).toMatchObject({ status: 2, stderr: 'matrix-fleet: -o takes text or json, not xml; write -o text\n' });
  });

  it('helps', () => {
    expect(fleet.run(['synth', '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: matrix-fleet synth') });
  });
});
