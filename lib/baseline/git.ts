import { execFile, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../finding';

/** Why git did not answer, and what to do. */
export class GitError extends Error {
  /**
   * @param finding what the user is told
   * @param isAbsence whether there just is no git, no repository or no commit
   */
  constructor(readonly finding: Finding, readonly isAbsence = false) {
    super(finding.message);
  }

  /** @param file what the user gave that is wrong, else `dist` */
  static of(message: string, fix: string, isAbsence = false, file = 'dist'): GitError {
    return new GitError({ rule: 'baseline', severity: 'error', file, path: '', message, fix }, isAbsence);
  }
}

/** Variables that a hook of git sets: they name the repository that the hook runs in, which need not be the fleet's. */
const local = /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|GRAFT_FILE|SHALLOW_FILE|REPLACE_REF_BASE|NO_REPLACE_OBJECTS|\w+_PATHSPECS)$/;

/** In plain English, since messages are read; and what was committed, not what `git replace` has put in its place here. */
const env = () => Object.fromEntries([...Object.entries(process.env).filter(([name]) => !local.test(name)), ['LC_ALL', 'C'], ['GIT_NO_REPLACE_OBJECTS', '1']]);

/** The `.git` in a folder or above it, whatever git makes of it. */
function repositoryOf(folder: string): string | undefined {
  for (let here = existsSync(folder) ? realpathSync(folder) : folder; ; here = dirname(here)) {
    if (existsSync(join(here, '.git'))) return join(here, '.git');
    if (here === dirname(here)) return undefined;
  }
}

/** What git said, and how it ended. */
export interface Answer {
  readonly status: number;
  readonly output: Buffer;
  readonly errors: string;
}

/**
 * Runs git in a folder. That a revision or a common ancestor is missing is for the caller to see.
 * @throws GitError - there is no git, or it cannot be asked here
 */
export function git(folder: string, args: readonly string[], input = ''): Answer {
  return answer(folder, spawnSync('git', ['-C', folder, ...args], { env: env(), input, maxBuffer: Infinity }));
}

/** The same, while this process goes on with something else. */
export async function gitAside(folder: string, args: readonly string[]): Promise<Answer> {
  const end = await new Promise<End>((resolve) => {
    execFile('git', ['-C', folder, ...args], { env: env(), encoding: 'buffer', maxBuffer: Infinity }, (failure, stdout, stderr) => {
      if (typeof failure?.code === 'string') resolve({ error: failure, status: null, stdout, stderr });
      else resolve({ status: failure === null ? 0 : failure.code ?? null, stdout, stderr });
    });
  });
  return answer(folder, end);
}

/** How a process ended: without a status where it could not be run, or was killed. */
type End = Pick<SpawnSyncReturns<Buffer>, 'error' | 'status' | 'stdout' | 'stderr'>;

function answer(folder: string, { error, status, stdout, stderr }: End): Answer {
  if (error !== undefined) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw GitError.of(isMissing ? 'git is not installed' : `git cannot be run: ${error.message}`, 'install git, or name a folder by --base', isMissing && repositoryOf(folder) === undefined);
  }
  const errors = stderr.toString().trim();
  if (/not a git repository/.test(errors)) {
    const repository = repositoryOf(folder);
    if (repository === undefined) throw GitError.of('the fleet is in no git repository', 'run git init and commit, or name a folder by --base', true);
    throw GitError.of(`git finds no repository, though ${repository} is there: nobody can say what runs`, `mend it (git -C ${folder} status says more): bring back what it refers to, or unset GIT_CEILING_DIRECTORIES; delete it where it is none`);
  }
  if (/dubious ownership/.test(errors)) {
    throw GitError.of('git does not read the repository, since another user owns it', /git config .*safe\.directory.*/.exec(errors)?.[0].trim() ?? 'run the command as its owner');
  }
  return { status: status ?? -1, output: stdout, errors };
}
