import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../lib/cli/verbs';
import { Repository } from '../baseline/repository';
import { fixture, root } from './fleet-folder';

const script = (shell: string) => spawnSync(process.execPath, [join(root, 'bin', 'matrix-fleet.js'), 'completion', shell], { encoding: 'utf8' }).stdout;
const installed = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const bash = script('bash');

/** What bash offers for the last of the words. */
const offered = (...words: string[]) => offeredIn(root, ...words);

function offeredIn(cwd: string, ...words: string[]): readonly string[] {
  const array = ['matrix-fleet', ...words].map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = spawnSync('bash', ['-c', `${bash}\nCOMP_WORDS=(${array}); COMP_CWORD=${words.length}; _matrix_fleet; printf '%s\\n' "\${COMPREPLY[@]}"`], { cwd, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion in bash', () => {
  it('offers every verb', () => {
    expect(offered('')).toEqual([...verbs.map(({ name }) => name), '--help']);
    expect(offered('li')).toEqual(['list']);
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))('offers the options of %s, and their values', (name, { options }) => {
    expect(offered(name, '--')).toEqual([...Object.keys(options).map((option) => `--${option}`), '--help']);
    for (const [option, { short, value }] of Object.entries(options)) {
      if (typeof value !== 'object') continue;
      for (const written of [`--${option}`, ...short ? [`-${short}`] : []]) expect(offered(name, written, '')).toEqual(value);
    }
  });

  it('offers folders, homeservers, option paths and choices where they are asked for', () => {
    expect(offered('list', '--fleet', 'exam')).toEqual(['examples']);
    expect(offered('explain', '--fleet', fixture, 'name', '--of', '')).toEqual(['roglog', 't0rt1k', 'uretra']);
    for (const verb of ['runbook', 'users', 'proxy', 'secrets', 'seal', 'images']) expect(offered(verb, '--fleet', fixture, 'u')).toEqual(['uretra']);
    expect(offered('explain', 'synapse.media.')).toEqual(['backup', 'backup.claim', 'backup.retention', 'backup.schedule', 'maxUploadSize', 'nfs', 'nfs.mountOptions', 'nfs.path', 'nfs.server', 'size', 'storageClass'].map((option) => `synapse.media.${option}`));
    expect(offered('completion', 'z')).toEqual(['zsh']);
    expect(offered('dns', '--address', '')).toEqual([]);
    expect(offered('nonsense', '')).toEqual([]);
  });

  it('offers branches and folders to compare with', () => {
    const repository = new Repository();
    repository.commit({ 'tree/a': '' });
    expect(offeredIn(repository.path, 'diff', '--merge-base', '')).toEqual(['main']);
    expect(offeredIn(repository.path, 'diff', '--base', '')).toEqual(['main', 'tree', '.git']);
  });

  it('defines the command where there is none', () => {
    const { stdout } = spawnSync('bash', ['-c', `${bash}\nmatrix-fleet list -o name --fleet '${fixture}'`], { encoding: 'utf8' });
    expect(stdout).toContain('t0rt1k\n');
  });
});

describe('completion in the other shells', () => {
  it('zsh runs the same function', () => {
    expect(script('zsh')).toContain('autoload -U +X bashcompinit && bashcompinit');
    expect(script('zsh').split('\n').slice(3)).toEqual(bash.split('\n').slice(2));
  });

  it('fish has every verb, option and choice', () => {
    const fish = script('fish');
    for (const { name, options } of verbs) {
      expect(fish).toContain(`complete -c matrix-fleet -n __fish_use_subcommand -a ${name} -d `);
      for (const option of Object.keys(options)) expect(fish).toContain(`complete -c matrix-fleet -n '__fish_seen_subcommand_from ${name}' -l ${option} `);
    }
    expect(fish).toContain("-l output -s o -x -a 'table json yandex router'");
  });

  it.skipIf(!installed('zsh'))('zsh takes it', () => {
    expect(spawnSync('zsh', ['-c', `autoload -U +X compinit && compinit -u; ${script('zsh')}`], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it.skipIf(!installed('fish'))('fish takes it', () => {
    expect(spawnSync('fish', ['-c', `${script('fish')}\ncomplete -C 'matrix-fleet li'`], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('list') });
  });
});
