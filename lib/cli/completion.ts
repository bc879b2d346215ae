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

/** What can stand in one place, by what help calls it there: words, or what a shell finds out. */
type Candidates = { readonly words: readonly string[] } | { readonly from: 'folders' | 'homeservers' } | undefined;

function candidates(placeholder: string | readonly string[]): Candidates {
  if (typeof placeholder !== 'string') return { words: placeholder };
  if (placeholder === 'FOLDER') return { from: 'folders' };
  if (placeholder === 'HOMESERVER') return { from: 'homeservers' };
  return undefined;
}

/** Words that can stand for an argument: its choices, or the paths of all options. */
const argumentWords = ({ name, choices = [] }: Argument, paths: readonly string[]) => (name === 'PATH' ? paths : choices);

const optionWords = (options: OptionTable): readonly string[] =>
  [...Object.entries(options).flatMap(([name, { short }]) => [...short ? [`-${short}`] : [], `--${name}`]), '--help'];

/** One function for bash; zsh runs it by its own bashcompinit. */
function bashScript(verbs: readonly Verb[], paths: readonly string[], program: string, zsh: boolean): string {
  const values = verbs.flatMap(({ name, options }) => Object.entries(options).flatMap(([option, { short, value }]) => {
    const found = value === undefined ? undefined : candidates(value);
    return value === undefined ? [] : [`    ${[...short ? [`${name}:-${short}`] : [], `${name}:--${option}`].join('|')}) ${bashCandidates(found)} ;;`];
  }));
  const words = verbs.map(({ name, options, arguments: expected }) => `    ${name}) words=${shellWord([...optionWords(options), ...expected.flatMap((argument) => argumentWords(argument, paths))].join(' '))} ;;`);
  return `# Completion of matrix-fleet. Generated: matrix-fleet completion ${zsh ? 'zsh' : 'bash'}
${zsh ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}command -v matrix-fleet >/dev/null || matrix-fleet() { ${program} "$@"; }
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

function bashCandidates(found: Candidates): string {
  if (found === undefined) return 'return';
  if ('words' in found) return `COMPREPLY=($(compgen -W ${shellWord(found.words.join(' '))} -- "$word")); return`;
  return found.from === 'folders' ? 'COMPREPLY=($(compgen -d -- "$word")); return' : 'COMPREPLY=($(compgen -W "$(matrix-fleet list -o name 2>/dev/null)" -- "$word")); return';
}

function fishScript(verbs: readonly Verb[], paths: readonly string[], program: string): string {
  const at = (name: string) => `complete -c matrix-fleet -n '__fish_seen_subcommand_from ${name}'`;
  const lines = verbs.flatMap(({ name, summary, options, arguments: expected }) => [
    `complete -c matrix-fleet -n __fish_use_subcommand -a ${name} -d ${shellWord(summary)}`,
    ...expected.map((argument) => `${at(name)} -a ${shellWord(argumentWords(argument, paths).join(' '))} -d ${shellWord(argument.description)}`),
    ...Object.entries(options).map(([option, { short, value, description }]) =>
      [at(name), `-l ${option}`, ...short ? [`-s ${short}`] : [], ...value === undefined ? [] : [fishCandidates(candidates(value))], `-d ${shellWord(description)}`].join(' ')),
  ]);
  return `# Completion of matrix-fleet. Generated: matrix-fleet completion fish
type -q matrix-fleet; or function matrix-fleet; ${program} $argv; end
complete -c matrix-fleet -f
complete -c matrix-fleet -s h -l help -d 'what a verb does, with examples'
${lines.join('\n')}
`;
}

function fishCandidates(found: Candidates): string {
  if (found === undefined) return '-x';
  if ('words' in found) return `-x -a ${shellWord(found.words.join(' '))}`;
  return found.from === 'folders' ? "-x -a '(__fish_complete_directories)'" : "-x -a '(matrix-fleet list -o name 2>/dev/null)'";
}
