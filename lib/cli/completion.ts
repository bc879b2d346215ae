import { join } from 'node:path';
import { shellWord } from '../quote';
import { exit } from './exit';
import { explaining } from './pipeline';
import { type Argument, type OptionTable, verb, type Verb } from './verb';

const shells = ['bash', 'zsh', 'fish'] as const;

/** Completion for a shell, made from every verb's own table. */
export const completion = verb({
  name: 'completion',
  summary: 'completion of verbs, options and homeservers for bash, zsh and fish',
  description: `Prints a script that teaches the shell to complete matrix-fleet; where there is no such command, the script defines it.
In bash and zsh: source <(node bin/matrix-fleet.js completion bash); in fish: node bin/matrix-fleet.js completion fish | source.`,
  arguments: [{ name: 'SHELL', description: 'bash, zsh or fish', choices: shells }],
  options: {},
  examples: ['node bin/matrix-fleet.js completion bash', 'node bin/matrix-fleet.js completion zsh', 'node bin/matrix-fleet.js completion fish'],
  async run({ words: [shell] }, io) {
    // The list of verbs holds this one.
    const { verbs } = await import('./verbs.js');
    const paths = (await explaining()).everyPath();
    const program = `node ${shellWord(join(io.root, 'bin', 'matrix-fleet.js'))}`;
    io.out(shell === 'fish' ? fishScript(verbs, paths, program) : bashScript(verbs, paths, program, shell === 'zsh'));
    return exit.ok;
  },
});

/** What a shell finds out by itself, by what help calls it: a command of bash, with the word that is completed in `$word`, and one of fish. */
const found: Readonly<Record<string, { readonly bash: string; readonly fish: string }>> = {
  FOLDER: { bash: 'compgen -d -- "$word"', fish: '__fish_complete_directories' },
  HOMESERVER: { bash: '_matrix_fleet_homeservers', fish: '__matrix_fleet_homeservers' },
  BRANCH: { bash: revisions('refs/heads refs/remotes'), fish: revisions('refs/heads refs/remotes') },
  'REVISION|FOLDER': { bash: `${revisions()}; compgen -d -- "$word"`, fish: `${revisions()}; __fish_complete_directories` },
};

function revisions(of = 'refs/heads refs/remotes refs/tags'): string {
  return `git for-each-ref --format="%(refname:short)" ${of} 2>/dev/null`;
}

/** Words that can stand for an argument as they are: its choices, or the paths of all options. */
const argumentWords = ({ name, choices = [] }: Argument, paths: readonly string[]) => (name === 'PATH' ? paths : choices);

const optionWords = (options: OptionTable): readonly string[] =>
  [...Object.entries(options).flatMap(([name, { short }]) => [...short ? [`-${short}`] : [], `--${name}`]), '--help'];

/** One function for bash; zsh runs it by its own bashcompinit. */
function bashScript(verbs: readonly Verb[], paths: readonly string[], program: string, zsh: boolean): string {
  const values = verbs.flatMap(({ name, options }) => Object.entries(options).flatMap(([option, { short, value }]) =>
    (value === undefined ? [] : [`    ${[...short ? [`${name}:-${short}`] : [], `${name}:--${option}`].join('|')}) ${bashValue(value)} ;;`])));
  const words = verbs.map(({ name, options, arguments: expected }) => {
    const plain = shellWord([...optionWords(options), ...expected.flatMap((argument) => argumentWords(argument, paths))].join(' '));
    const asked = expected.flatMap((argument) => found[argument.name]?.bash ?? []).map((command) => `" $(${command})"`);
    return `    ${name}) words=${plain}${asked.join('')} ;;`;
  });
  return `# Completion of matrix-fleet. Generated: matrix-fleet completion ${zsh ? 'zsh' : 'bash'}
${zsh ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}command -v matrix-fleet >/dev/null || matrix-fleet() { ${program} "$@"; }
_matrix_fleet_homeservers() {
  local fleet=() at
  for ((at = 2; at < COMP_CWORD; at++)); do [ "\${COMP_WORDS[at]}" = --fleet ] && fleet=(--fleet "\${COMP_WORDS[at+1]}"); done
  matrix-fleet list -o name "\${fleet[@]}" 2>/dev/null
}
_matrix_fleet() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} verb=\${COMP_WORDS[1]} words
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${shellWord([...verbs.map(({ name }) => name), '--help'].join(' '))} -- "$word"))
    return
  fi
  case "$verb:$before" in
${values.join('\n')}
  esac
  case "$verb" in
${words.join('\n')}
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _matrix_fleet matrix-fleet
`;
}

function bashValue(value: string | readonly string[]): string {
  if (typeof value !== 'string') return `COMPREPLY=($(compgen -W ${shellWord(value.join(' '))} -- "$word")); return`;
  const command = found[value]?.bash;
  return command === undefined ? 'return' : `COMPREPLY=($(compgen -W "$(${command})" -- "$word")); return`;
}

function fishScript(verbs: readonly Verb[], paths: readonly string[], program: string): string {
  const at = (name: string) => `complete -c matrix-fleet -n '__fish_seen_subcommand_from ${name}'`;
  const lines = verbs.flatMap(({ name, summary, options, arguments: expected }) => [
    `complete -c matrix-fleet -n __fish_use_subcommand -a ${name} -d ${shellWord(summary)}`,
    ...expected.map((argument) => `${at(name)} -a ${fishWords(argumentWords(argument, paths), argument.name)} -d ${shellWord(argument.description)}`),
    ...Object.entries(options).map(([option, { short, value, description }]) =>
      [at(name), `-l ${option}`, ...short ? [`-s ${short}`] : [], ...value === undefined ? [] : [fishValue(value)], `-d ${shellWord(description)}`].join(' ')),
  ]);
  return `# Completion of matrix-fleet. Generated: matrix-fleet completion fish
type -q matrix-fleet; or function matrix-fleet; ${program} $argv; end
function __matrix_fleet_homeservers
  set -l words (commandline -opc)
  if set -l at (contains -i -- --fleet $words)
    matrix-fleet list -o name --fleet $words[(math $at + 1)] 2>/dev/null
  else
    matrix-fleet list -o name 2>/dev/null
  end
end
complete -c matrix-fleet -f
complete -c matrix-fleet -s h -l help -d 'what a verb does, with examples'
${lines.join('\n')}
`;
}

const fishWords = (words: readonly string[], placeholder: string) => shellWord(found[placeholder] ? `(${found[placeholder].fish})` : words.join(' '));

function fishValue(value: string | readonly string[]): string {
  if (typeof value !== 'string') return `-x -a ${shellWord(value.join(' '))}`;
  return found[value] ? `-x -a ${fishWords([], value)}` : '-x';
}
