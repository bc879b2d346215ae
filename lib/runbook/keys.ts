import { restoredKeySecrets } from '../homeserver/keys';
import type { Step } from './step';
import type { Subject } from './subject';

/** For the shell: values of Secrets of the old cluster. */
export const keyFunctions = `old_field() { # SECRET KEY; its base64, or nothing
  old get secret "$1" --output "jsonpath={.data.\${2//./\\\\.}}"
}
take_key() { # SECRET KEY VARIABLE; into a file, which the variable names to what makes Secrets here
  old_field "$1" "$2" | openssl base64 -d -A >"$3" || return
  if [ -s "$3" ]; then export "$3_FILE=$PWD/$3"; else rm "$3"; printf 'none   %s\\n' "$2"; fi
}`;

/** Where the other chart keeps what, by our key: keys of its Secret. */
const inOldSecret: Readonly<Record<string, string>> = { SYNAPSE_SIGNING_KEY: 'signing.key', SYNAPSE_MACAROON: 'macaroon_secret_key' };

/** What stands in a configuration that the admin wrote. */
const inConfiguration: Readonly<Record<string, string>> = {
  MAS_ENCRYPTION_SECRET: '`secrets.encryption` of MAS\'s configuration',
  MAS_RSA_PRIVATE_KEY: 'the RSA key among `secrets.keys` of MAS\'s configuration, as it stands there (PEM)',
};

/** The Secret and key of the old cluster; undefined where it keeps the value in no Secret of its own. */
function oldPlace({ origin }: Subject, key: string): readonly [secret: string, key: string] | undefined {
  if (origin !== 'fresh' && origin.restoredFrom === 'ess') return ['"$OLD_RELEASE-generated"', key];
  const own = inOldSecret[key];
  return own === undefined ? undefined : ['"$OLD_KEYS"', own];
}

/** Before anything else: with a weak key, there is nothing to bring along. */
export function checkSigningKey(subject: Subject): Step {
  return {
    id: 'check-signing-key',
    text: 'The signing key is there and none of the weak ones that begin with `ed25519 0` (CVE-2026-24044): such a key is rotated at the old server first.',
    shell: `case $(old_field ${oldPlace(subject, 'SYNAPSE_SIGNING_KEY')!.join(' ')} | openssl base64 -d -A) in
  'ed25519 0'*) echo 'WRONG  the signing key is a weak one'; false ;;
  'ed25519 '*) echo 'right  the signing key' ;;
  *) echo 'WRONG  there is no signing key'; false ;;
esac`,
  };
}

/** The keys are the switch: as soon as they are there, everything starts. */
export function giveKeys(subject: Subject): readonly Step[] {
  const keys = restoredKeySecrets(subject).flatMap((secret) => secret.keys).flatMap((key) => ('supplied' in key ? [key] : []));
  const taken = keys.flatMap(({ key, supplied }) => oldPlace(subject, key)?.concat(supplied).join(' ') ?? []);
  return [
    {
      id: 'fetch-keys',
      text: `Fetch the keys, each into a file of its own here. The database passwords of the old server stay behind${subject.origin !== 'fresh' && subject.origin.restoredFrom === 'ess' ? ', and so do its markers: the chart writes new ones' : ''}.`,
      shell: taken.map((words) => `take_key ${words}`).join(' &&\n  '),
    },
    ...keys.filter(({ key }) => oldPlace(subject, key) === undefined).map(({ key, supplied, what }): Step => ({
      id: `find-${key.toLowerCase().replaceAll('_', '-')}`,
      text: `Write ${what} into a file \`${supplied}\` here: it is ${inConfiguration[key] ?? 'in a configuration that you wrote'}. Then: \`export ${supplied}_FILE=$PWD/${supplied}\``,
    })),
    { ...makeSecrets(subject, false), id: 'make-secrets' },
    ...subject.state === 'running' ? [] : [{ id: 'start-new', text: `Take \`state\` out of \`${subject.file}\`, synthesise, commit and push: it starts.` }],
  ];
}

/** Once they are here, to where a lost cluster gets them from: outside of this folder, which is emptied at the end, and of git. A second try that fails leaves what the first has saved. */
export function saveKeys({ names: { release, keySecret } }: Subject): Step {
  const file = `~/fleet-keys/${release}.yaml`;
  return {
    id: 'save-keys',
    text: `Save its keys, Secret \`${keySecret}\`: some exist only in this cluster, and without them nobody believes that it is the same homeserver. Keep \`${file}\` as you keep passwords, not on this machine alone, and never in git.`,
    shell: `mkdir -p ~/fleet-keys &&
  new get secret ${keySecret} --output yaml >${file}.new &&
  grep --quiet SYNAPSE_SIGNING_KEY ${file}.new &&
  mv ${file}.new ${file} &&
  ls -l ${file}`,
  };
}

/** Whether its Secrets are made of what a store holds. */
export const fromStore = ({ secrets }: Subject): boolean => secrets === 'external' || secrets === 'vault-plugin';

/** By the way that the homeserver's Secrets go. @param waiting the keys are still to come, and that is right */
export function makeSecrets(subject: Subject, waiting: boolean): Step {
  const { name, names: { release }, secrets, state } = subject;
  if (fromStore(subject)) return fillStore(subject, subject.origin === 'fresh' ? 'all' : waiting ? 'others' : 'keys');
  const id = 'make-passwords';
  const outcome = waiting
    ? 'Its keys are still to come: that they wait is right.'
    : `Nothing waits any more, or it is named and given as a variable or a file, and this is done again.${state === 'running' ? ` From now on ${release} starts.` : ''}`;
  return secrets === 'bootstrap'
    ? { id, text: `Make the Secrets. ${outcome}`, shell: `"$FLEET"/dist/bootstrap/secrets.sh --only ${release} --context "$NEW"${waiting ? ' || [ $? = 3 ]' : ''}` }
    : { id, text: `Seal them, then commit and push what has changed. ${outcome}`, shell: `{ npm --prefix "$FLEET" run seal -- ${name}${waiting ? ' || [ $? = 1 ]' : ''}; } && npm --prefix "$FLEET" run synth` };
}

/** What a store must hold, entry by entry. @param which the keys that a restored homeserver brings along, what else it needs, or all of it */
function fillStore(subject: Subject, which: 'all' | 'keys' | 'others'): Step {
  const { name, names: { release, keySecret, secrets: applications }, secrets, secretValues, argocd, state } = subject;
  const store = secrets === 'external' ? 'the store that External Secrets reads' : 'Vault';
  const ofKeys = `${release}/${keySecret}`;
  const files = new Map(restoredKeySecrets(subject).flatMap(({ keys }) => keys.flatMap((key) => ('supplied' in key ? [[key.key, key.supplied] as const] : []))));
  const entries = secretValues.filter(({ at, secret }) => at !== undefined && (which === 'all' || (secret === ofKeys) === (which === 'keys')));
  const id = 'make-passwords';
  if (entries.length === 0) return { id, text: `There is nothing to write into ${store}: the chart makes what ${release} needs.` };
  const list = entries.map(({ at, from, secret, key }) => `  - \`${at}\`: ${from}${secret === ofKeys && files.has(key) ? `, as file \`${files.get(key)}\` here holds it` : ''}`);
  const text = `Write into ${store}, entry by entry, what \`npm run secrets -- ${name}\` lists; where a command stands, it makes the value:\n${[...new Set(list)].join('\n')}`;
  if (which !== 'keys') return { id, text };
  const ask = secrets === 'external'
    ? `new annotate externalsecret ${keySecret} force-sync="$(date +%s)" --overwrite`
    : `new --namespace ${argocd} annotate application ${applications.own} argocd.argoproj.io/refresh=hard --overwrite`;
  return {
    id,
    text: `${text}\n\n  Then have it read at once.${state === 'running' ? ` From now on ${release} starts.` : ''}`,
    shell: `${ask} &&\n  new wait --for=create secret/${keySecret} --timeout=10m`,
  };
}
