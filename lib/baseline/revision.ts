import { hash } from 'node:crypto';
import { isGenerated } from '../output/header';
import type { FileChange } from '../output/tree';
import type { Baseline } from './baseline';
import { git, gitAside, GitError } from './git';

/** `dist/` as a revision has it. */
export interface RevisionBaseline extends Baseline {
  /** Whether the revision has no such folder. */
  readonly isEmpty: boolean;
  /** Whether some of it is a symbolic link or a submodule: the revision then does not have what is in there. */
  readonly isPartial: boolean;
}

/**
 * The tree at a revision of the repository that holds the fleet's folder. One question to git lists the files with the hash of each,
 * which tells what differs without reading it; another reads that. Blobs are what was committed, whatever a checkout makes of them.
 * @param path the folder that could have been meant, and is not there
 * @throws GitError - git cannot be asked, or does not know the revision
 */
export async function revisionBaseline(folder: string, revision: string, name = revision, path?: string): Promise<RevisionBaseline> {
  const { ids, isPartial } = await blobIds(folder, revision, path);
  return {
    name,
    isEmpty: ids.size === 0,
    isPartial,
    differing(tree) {
      const differing = [...new Set([...ids.keys(), ...tree.keys()])].filter((path) => !isSame(ids.get(path), tree.get(path))).sort();
      const before = read(folder, differing.flatMap((path) => ids.get(path) ?? []));
      return differing
        .map((path): FileChange => ({ path, before: own(before.get(ids.get(path) ?? ''), tree.has(path)), after: tree.get(path) }))
        .filter((file) => file.before !== file.after);
    },
  };
}

/**
 * The commit in which the history of a branch and of HEAD part.
 * @throws GitError - git cannot be asked, does not know the branch, or sees no such commit
 */
export function mergeBase(folder: string, branch: string): string {
  const { status, output } = branch.startsWith('-') ? { status: 128, output: Buffer.of() } : git(folder, ['merge-base', 'HEAD', branch]);
  if (status === 0) return output.toString().trim();
  if (status !== 1) throw unknown(folder, branch, '--merge-base');
  const isShallow = git(folder, ['rev-parse', '--is-shallow-repository']).output.toString().trim() === 'true';
  throw GitError.of(`${branch} and HEAD have no commit in common${isShallow ? ' in this shallow clone' : ''}`,
    isShallow ? 'git fetch --unshallow, or fetch-depth: 0 in a workflow' : 'name the branch that HEAD came from');
}

function unknown(folder: string, revision: string, option: '--base' | '--merge-base', path?: string): GitError {
  const remote = `origin/${revision}`;
  const isRemote = !revision.startsWith('-') && git(folder, ['rev-parse', '--verify', '--quiet', `refs/remotes/${remote}`]).status === 0;
  const message = `git knows no revision ${revision}${path === undefined ? '' : `, and there is no folder ${path}`}`;
  return GitError.of(message, isRemote ? `did you mean ${remote}?` : 'git fetch it, or name another branch, tag, commit or folder', false, option);
}

/** The files of `dist/` at a revision, and the name under which git keeps the content of each. */
async function blobIds(folder: string, revision: string, path?: string): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly isPartial: boolean }> {
  if (revision.startsWith('-')) throw unknown(folder, revision, '--base');
  const { status, output, errors } = await gitAside(folder, ['ls-tree', '-r', '-z', revision, 'dist']);
  if (status !== 0) {
    // No commit yet is no mistake; only the name that every repository has is known to be none of the user's.
    if (revision === 'HEAD' && /not a valid object name/i.test(errors)) {
      throw git(folder, ['rev-list', '--all', '--max-count=1']).output.length === 0
        ? GitError.of('the repository has no commit yet', 'commit, or name a folder by --base', true)
        : GitError.of('this branch has no commit yet, and others have', 'check out the branch that runs, or commit here first');
    }
    throw unknown(folder, revision, '--base', path);
  }
  const entries = [...output.toString().matchAll(/(\d{6}) \w+ ([0-9a-f]+)\tdist(?:\/([^\0]+))?\0/g)];
  const files = entries.filter(([, mode, , file]) => mode!.startsWith('100') && file !== undefined);
  return { ids: new Map(files.map(([, , id, file]) => [file!, id!])), isPartial: files.length < entries.length };
}

/** Whether git would keep the text under this name: a hash of its length and bytes, SHA-1 or, in a repository of 64 digits, SHA-256. */
function isSame(id: string | undefined, text: string | undefined): boolean {
  if (id === undefined || text === undefined) return false;
  return hash(id.length === 64 ? 'sha256' : 'sha1', `blob ${Buffer.byteLength(text)}\0${text}`) === id;
}

/** The contents under some names. */
function read(folder: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const { output, errors } = git(folder, ['cat-file', '--batch'], [...new Set(ids)].map((id) => `${id}\n`).join(''));
  for (let start = 0; start < output.length;) {
    const end = output.indexOf('\n', start);
    const [id, type, size] = output.toString('latin1', start, end).split(' ') as [string, string, string?];
    if (type !== 'blob' || size === undefined) throw GitError.of(`git lacks a file of its own history (${id})`, `git fsck says more${errors && `; git: ${errors.split('\n')[0]}`}`);
    texts.set(id, output.toString('utf8', end + 1, end + 1 + Number(size)));
    start = end + Number(size) + 2;
  }
  return texts;
}

/** A text, if this program wrote it, or would write there: what lost its first line by hand is applied all the same. */
function own(text: string | undefined, isOurPlace: boolean): string | undefined {
  return text !== undefined && (isOurPlace || isGenerated(text)) ? text : undefined;
}
