import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFleet } from './fleet';
import { measure, median, type Run } from './measure';

const help = `Usage: npm run bench [-- SIZE …]

Times the whole process behind \`npm run synth\`, from start to exit, for fleets of 4, 100, 1,000 and 2,000 homeservers (or the
given sizes): into an empty dist/, and again with nothing changed. Beside it, in the same run, plain cdk8s with the same objects
(one App, one Chart a homeserver, its default output, compiled JavaScript, no validation). The program keeps no cache of
compiled code, so every run is a cold one. Read the ratios: machines differ. It works in the system's temporary folder; where
making thousands of files takes longer than all the rest, name one in memory with TMPDIR to see the program instead of the disk.
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
    process.stdout.write('homeservers   empty dist/   unchanged   plain cdk8s   cdk8s / ours   peak memory   against half the size\n');
    let before: { readonly size: number; readonly fresh: Run } | undefined;
    for (const size of sizes) {
      const { fresh, again, plain } = await compare(join(work, String(size)), size, baseline, root);
      const growth = before && before.size * 2 === size ? `${(fresh.seconds / before.fresh.seconds).toFixed(2)} x` : '';
      process.stdout.write([
        String(size).padStart(11), seconds(fresh).padStart(14), seconds(again).padStart(12), seconds(plain).padStart(14),
        `${(plain.seconds / fresh.seconds).toFixed(1)} x`.padStart(15),
        (fresh.mebibytes === undefined ? 'unknown' : `${fresh.mebibytes.toFixed(0)} MiB`).padStart(14), growth.padStart(24),
      ].join('') + '\n');
      before = { size, fresh };
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Ours and plain cdk8s in turn, so that a machine that slows down slows both. */
async function compare(folder: string, size: number, baseline: string, root: string): Promise<{ fresh: Run; again: Run; plain: Run }> {
  writeFleet(folder, size, root);
  const synth = () => measure('npm', ['run', '--silent', 'synth', '--', '--fleet', folder], root);
  const runs: { fresh: Run[]; again: Run[]; plain: Run[] } = { fresh: [], again: [], plain: [] };
  const rounds = size <= 100 ? 7 : size <= 1000 ? 3 : 2;
  for (let round = 0; round < rounds; round++) {
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    runs.fresh.push(await synth());
    runs.again.push(await synth());
    rmSync(join(folder, 'plain'), { recursive: true, force: true });
    runs.plain.push(await measure(process.execPath, [baseline, String(size), join(folder, 'plain')], root));
  }
  return { fresh: median(runs.fresh), again: median(runs.again), plain: median(runs.plain) };
}

function compileBaseline(work: string, root: string): string {
  const outfile = join(work, 'baseline.js');
  buildSync({
    entryPoints: [join(root, 'bench', 'baseline.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    packages: 'external',
    loader: { '.sh': 'text' },
    alias: { cdk8s: join(root, 'node_modules', 'cdk8s'), constructs: join(root, 'node_modules', 'constructs') },
    external: [join(root, 'node_modules', '*')],
    footer: { js: 'main(process.argv.slice(2));' },
  });
  return outfile;
}

function seconds({ seconds: value }: Run): string {
  return `${value.toFixed(2)} s`;
}
