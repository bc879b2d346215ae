import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { hasErrors } from '../finding';
import { sealedSpecs } from '../inventory/secrets';
import { stringify } from '../output/yaml';
import { fetchCertificate, keySecret, newKeyPair } from '../secrets/key-pair';
import { randomValue } from '../secrets/random';
import { certificateFile, sealedFileOf, sealedFolder, sealedSecret, sealedValues } from '../secrets/sealed';
import { type SavedValues, savedValues } from '../secrets/saved';
import { type Outcome, sealMissing } from '../secrets/sealer';
import { seal as sealValue, sealingKey } from '../secrets/sealing';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsText } from './report';
import { columns } from './table';
import { fleetOption, UsageError, verb } from './verb';
import { whose, whoseArgument } from './whose';

/** Makes and seals the values that go into git encrypted. */
export const seal = verb({
  name: 'seal',
  summary: 'seal the Secrets that stand in git encrypted',
  description: `Makes every value that a sealed Secret of the fleet lacks and seals it for the cluster's controller: files under sealed/, to be
committed. What is sealed stays as it is: nobody but the cluster can read it, so a renewed value is a new one. A value that only you have
comes from the environment variable that the output names, or from a file: VARIABLE_FILE=path. Nothing readable is written anywhere.

exit status: 0 all is sealed; 1 something waits for your values; 2 something is wrong`,
  arguments: [whoseArgument],
  options: {
    from: { value: 'FILE', description: 'seal the values that are in use, whatever is sealed: FILE has Secrets as kubectl get secret -o yaml says them' },
    renew: { value: 'SECRET', description: 'NAMESPACE/NAME/KEY: give it a new value, and every copy of it; several with commas' },
    cert: { value: 'FILE', description: 'the certificate of the cluster\'s controller, to seal with from now on' },
    'new-key-pair': { value: 'FILE', description: 'make a key pair before there is a cluster; FILE, outside of git, gets the private key as a Secret to apply' },
    fleet: fleetOption,
  },
  examples: ['npm run seal', 'npm run seal -- roglog', 'npm run seal -- --renew cnpg/synapse-roglog/password'],
  async run({ words: [name], options: { from, renew, cert, 'new-key-pair': keyPairFile, fleet: given } }, io) {
    if (cert !== undefined && keyPairFile !== undefined) throw new UsageError('--cert and --new-key-pair are two ways to the same', 'use one of them');
    const folder = fleetFolder(given, io);
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(folder, io.root);
    if (fleet === undefined || hasErrors(findings)) {
      io.err(findingsText(findings) + 'nothing is sealed\n');
      return exit.findings;
    }
    const isAsked = whose(name, fleet);
    if (keyPairFile !== undefined) io.out(makeKeyPair(folder, resolve(io.cwd, keyPairFile)));
    const wanted = sealedSpecs(fleet).filter(({ who }) => isAsked(who));
    if (wanted.length === 0) {
      io.out(`No Secret of ${name ?? 'this fleet'} goes the sealed way: secrets: 'sealed' in main.ts, or in the file of a homeserver, says that it does.\n`);
      return exit.ok;
    }
    const certificate = cert === undefined ? readCertificate(join(folder, certificateFile)) : readCertificate(resolve(io.cwd, cert));
    const saved = from === undefined ? new Map() : readSaved(resolve(io.cwd, from));
    if (cert !== undefined) put(join(folder, certificateFile), certificate.text);

    const outcome = sealMissing(wanted.map(({ spec }) => spec), {
      sealed: sealedValues(fleet.sealed),
      saved,
      renew: new Set(renew?.split(',').filter(Boolean)),
      supply: { env: io.env, read: (file) => readFileSync(resolve(io.cwd, file)) },
      random: randomValue,
      seal: (value, place) => sealValue(value, place, certificate.key),
    });
    for (const [spec, values] of outcome.changed) put(join(folder, sealedFileOf(spec)), stringify(sealedSecret(spec, values)));
    io.out(outcomeText(outcome));
    io.err(outcome.wrong.map((sentence) => `${sentence}\n`).join(''));
    return outcome.wrong.length > 0 ? exit.findings : outcome.waiting.length > 0 ? exit.differences : exit.ok;
  },
});

function outcomeText({ made, kept, waiting, changed }: Outcome): string {
  return [
    ...made.map((id) => `sealed  ${id}\n`),
    `${made.length} sealed, ${kept} kept, ${waiting.length} waiting\n`,
    ...waiting.length > 0 ? ['Set what is waited for: VARIABLE=value, or VARIABLE_FILE=path of a file. Then run this again.\n', columns(waiting.map(({ variable, what }) => [variable, what]), '  ')] : [],
    ...changed.size > 0 ? [`Next: npm run synth, then commit ${sealedFolder}/ and dist/.\n`] : [],
  ].join('');
}

function readSaved(file: string): SavedValues {
  try {
    return savedValues(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`, 'name a file of Secrets, as kubectl get secret -o yaml says them');
  }
}

/** The certificate of a file, and its key. */
function readCertificate(file: string): { readonly text: string; readonly key: KeyObject } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      `take the certificate of the cluster: ${fetchCertificate} > cert.pem, then --cert cert.pem; or make a key pair before there is a cluster: --new-key-pair FILE`);
  }
  try {
    return { text, key: sealingKey(text) };
  } catch (error) {
    throw new UsageError(`${file} is no certificate to seal with: ${(error as Error).message}`, `take the cluster's: ${fetchCertificate}`);
  }
}

/**
 * Makes a key pair: the certificate for the fleet, the private key for the cluster.
 * @returns what to do with it
 */
function makeKeyPair(folder: string, file: string): string {
  const certificate = join(folder, certificateFile);
  if (existsSync(certificate)) throw new UsageError(`${certificateFile} is there already`, 'what it sealed opens with its own key alone; delete it only if that is lost');
  const repository = repositoryAround(file);
  if (repository !== undefined) throw new UsageError(`${file} is inside of the repository ${repository}, which the private key must never be in`, 'name a file elsewhere');
  if (existsSync(file)) throw new UsageError(`${file} is there already`, 'name a file that is not');
  const pair = newKeyPair();
  if (pair === undefined) throw new UsageError('openssl is not there, which makes the certificate', 'install it; or take the certificate of a cluster that runs, with --cert');
  put(certificate, pair.certificate);
  writeFileSync(file, stringify(keySecret(pair)), { flag: 'wx', mode: 0o600 });
  return `${certificateFile} is written, to be committed.
${file} holds the private key. Apply it before the controller starts: kubectl apply -f ${file}
Keep it where you keep passwords: without it, a new cluster opens nothing of what is sealed here.
`;
}

/** The git work tree that a file is in or would be in, whatever links lead there. */
function repositoryAround(file: string): string | undefined {
  let folder = dirname(file);
  if (!existsSync(folder)) throw new UsageError(`${folder} is no folder`, 'make it first');
  folder = realpathSync(folder);
  for (;;) {
    if (existsSync(join(folder, '.git'))) return folder;
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

/** Writes a file whole or not at all. */
function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
