import { git } from './git';

/**
 * Whether some branch of a remote, as git knew it last, has a text in a file of `dist/`. Where there is no such branch, nobody here knows
 * what is pushed, and it counts as there.
 * @param path relative to `dist/`
 */
export function isPushed(folder: string, path: string, text: string): boolean {
  const branches = git(folder, ['for-each-ref', '--format=%(refname)', 'refs/remotes']).output.toString().split('\n').filter(Boolean);
  return branches.length === 0 || git(folder, ['grep', '--quiet', '--fixed-strings', '-e', text, ...branches, '--', `dist/${path}`]).status === 0;
}
