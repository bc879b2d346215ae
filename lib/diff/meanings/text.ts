import type { TextChange } from '../change';
import type { Meaning } from '../meaning';

/** Lines that do something: no comments, no empty ones. */
function effective(text: string | undefined): string {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line)).join('\n');
}

/** Whether two scripts do the same: a `#` may be part of what a script prints, so all but whole lines of comment before the first command counts. */
function sameScript(before: string | undefined, after: string | undefined): boolean {
  const code = (text: string) => text.replace(/^(?:#[^!].*\n|#\n)+/m, '');
  return before !== undefined && after !== undefined && code(before) === code(after);
}

interface Key {
  readonly secret: string;
  readonly name: string;
  readonly line: string;
}

function keysOf(list: string | undefined): ReadonlyMap<string, Key> {
  const keys = new Map<string, Key>();
  let secret = '';
  for (const line of effective(list).split('\n')) {
    const [word, name = ''] = line.trim().split(' ');
    if (word === 'secret') secret = name;
    if (word === 'key') keys.set(`${secret}/${name}`, { secret, name, line: line.trim() });
  }
  return keys;
}

/** What another list of Secrets asks of the admin. */
function* listMeanings(list: string, before: string | undefined, after: string | undefined): Generator<Omit<Meaning, 'fields'>> {
  if (after === undefined) {
    yield { level: 'effect', text: `secrets.sh makes no Secrets of ${list} any more; those that are there stay` };
    return;
  }
  const [old, now] = [keysOf(before), keysOf(after)];
  const fresh = [...now].filter(([at]) => !old.has(at)).map(([, key]) => key);
  const other = [...now].filter(([at, { line }]) => old.has(at) && old.get(at)?.line !== line).map(([at]) => at);
  const away = [...old.keys()].filter((at) => !now.has(at));
  if (fresh.length > 0) {
    const secrets = [...new Set(fresh.map(({ secret }) => secret))].join(', ');
    yield { level: 'action', text: `new keys of Secrets (${secrets}): run dist/bootstrap/secrets.sh --only ${list}` };
    for (const { line } of fresh) {
      const [, variable, necessity, what] = /^key \S+ supplied (\S+) \S+ (\S+) (.*)$/.exec(line) ?? [];
      if (variable !== undefined) yield { level: 'action', text: `only you have it: ${what}; give it to secrets.sh as ${variable} (${necessity})` };
    }
  }
  if (other.length > 0) yield { level: 'action', text: `keys of Secrets are made in another way (${other.join(', ')}); secrets.sh does not change what exists: do it by hand if it has to be` };
  if (away.length > 0) yield { level: 'effect', text: `keys of Secrets are needed no more (${away.join(', ')}); they stay in the cluster` };
  if (fresh.length + other.length + away.length === 0) yield { level: 'action', text: `Secrets of ${list} are of another type, or have other labels; secrets.sh does not change what exists: do it by hand if it has to be` };
}

/** What another text means: a list of Secrets, a script, values for a first installation, or a file that nobody here knows. */
export function* textMeanings({ path, before, after }: TextChange): Generator<Omit<Meaning, 'fields'>> {
  const [, list] = /^bootstrap\/secrets\/([^/]+)\.list$/.exec(path) ?? [];
  if (list !== undefined) {
    if (before !== undefined && after !== undefined && effective(before) === effective(after)) yield { level: 'none', text: 'no effect on the running system: comments alone' };
    else yield* listMeanings(list, before, after);
  } else if (/^bootstrap\/.*\.sh$/.test(path)) {
    yield sameScript(before, after)
      ? { level: 'none', text: 'no effect on the running system: comments alone' }
      : { level: 'effect', text: `dist/${path} does something else the next time that you run it` };
  } else if (path === 'bootstrap/argocd/values.yaml') {
    yield { level: 'effect', text: 'dist/bootstrap/argocd/install.sh installs Argo CD with other values the next time that you run it; one that runs takes them from its Application' };
  } else {
    yield { level: 'effect', text: `dist/${path} is another file; who reads it sees that` };
  }
}
