import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dependencies } from '../package.json';
import { writeFleet, writeHomeserver } from './fleet';
import { mebibytes, median, seconds } from './measure';

const help = `Usage: npm run bench [-- SIZE …]

Times the whole process that \`npm run synth\` starts, from start to exit, for fleets of 4, 100, 1,000 and 2,000 homeservers (or the
given sizes): into an empty dist/, again with nothing changed since it was committed; and that of \`npm run diff\`, with one homeserver
changed. Beside it, in the same run, plain cdk8s with the same objects (one App, one Chart a homeserver, its default output, no
validation). Both programs are compiled beforehand, ours by \`npm ci\`; the fleet's files are compiled in every run, and no run leaves
anything for the next. Read the ratios: machines differ. It works in the system's temporary folder; where making thousands of files
takes longer than all the rest, name one in memory with TMPDIR to see the program instead of the disk.
`;

/** `npm run bench`. */
export async function main(args: readonly string[], root: string): Promise<void> {
  if (args.some((arg) => !/^[1-9]\d*$/.test(arg))) {
    process.stdout.write(help);
    return;
  }
  const sizes = args.length > 0 ? args.map(Number) : [4, 100, 1000, 2000];
  const work = mkdtempSync(join(tmpdir(), 'matrix-fleet-bench-'));
  try {
    const baseline = compileBaseline(work, root);
    process.stdout.write('homeservers   empty dist/   unchanged   diff of one   diff / unchanged   plain cdk8s   cdk8s / ours   peak memory   against half the size\n');
    let before: { readonly size: number; readonly fresh: number } | undefined;
    for (const size of sizes) {
      const { fresh, again, diff, plain, memory } = await compare(join(work, String(size)), size, baseline, root);
      const growth = before && before.size * 2 === size ? `${(fresh / before.fresh).toFixed(2)} x` : '';
      process.stdout.write([
        String(size).padStart(11), inSeconds(fresh).padStart(14), inSeconds(again).padStart(12), inSeconds(diff).padStart(14), `${(diff / again).toFixed(2)} x`.padStart(19), inSeconds(plain).padStart(14),
        `${(plain / fresh).toFixed(1)} x`.padStart(15),
        (memory === undefined ? 'unknown' : `${memory.toFixed(0)} MiB`).padStart(14), growth.padStart(24),
      ].join('') + '\n');
      before = { size, fresh };
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Medians of ours and plain cdk8s in turn, so that a machine that slows down slows both; and the peak of our memory, of one more run. */
async function compare(folder: string, size: number, baseline: string, root: string) {
  writeFleet(folder, size, root);
  const program = join(root, 'bin', 'matrix-fleet.js');
  const synth = [process.execPath, [program, 'synth', '--fleet', folder], root] as const;
  const fresh: number[] = [];
  const again: number[] = [];
  const diff: number[] = [];
  const plain: number[] = [];
  const rounds = size <= 100 ? 7 : size <= 1000 ? 5 : 3;
  for (let round = 0; round < rounds; round++) {
    // A new fleet, of which nothing is committed; then one that is.
    for (const made of ['dist', '.git']) rmSync(join(folder, made), { recursive: true, force: true });
    fresh.push(await seconds(...synth));
    commit(folder);
    again.push(await seconds(...synth));
    writeHomeserver(folder, 0, root, { hookshot: true });
    diff.push(await seconds(process.execPath, [program, 'diff', '--fleet', folder], root, DIFFERENCES));
    writeHomeserver(folder, 0, root);
    rmSync(join(folder, 'plain'), { recursive: true, force: true });
    plain.push(await seconds(process.execPath, [baseline, String(size), join(folder, 'plain')], root));
  }
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  return { fresh: median(fresh), again: median(again), diff: median(diff), plain: median(plain), memory: await mebibytes(...synth) };
}

/** What `diff` ends with where something changes. */
const DIFFERENCES = 1;

/** The tree becomes what `diff` compares with. */
function commit(folder: string): void {
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=bench', '-c', 'user.email=bench@example.org', '-c', 'commit.gpgsign=false', '-c', 'gc.auto=0', ...args], { stdio: 'ignore' });
  git('init', '-q');
  git('add', 'dist');
  git('commit', '-q', '-m', 'bench');
  // As git would itself, but beside what is timed.
  git('gc', '-q');
}

function compileBaseline(work: string, root: string): string {
  const outfile = join(work, 'baseline.js');
  buildSync({
    entryPoints: [join(root, 'bench', 'baseline.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    packages: 'external',
    loader: { '.sh': 'text', '.pod.mjs': 'text' },
    // It runs outside of the project, where no package is found by its name.
    alias: Object.fromEntries(Object.keys(dependencies).map((name) => [name, join(root, 'node_modules', name)])),
    external: [join(root, 'node_modules', '*')],
    footer: { js: 'main(process.argv.slice(2));' },
  });
  return outfile;
}

function inSeconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
