import { restoredKeySecrets } from '../homeserver/keys';
import type { Step } from './step';
import type { Subject } from './subject';

/** For the shell: one value of a Secret of the old cluster, as base64; nothing if it is not there. */
export const keyFunctions = `old_field() { # SECRET KEY
  old get secret "$1" --output "jsonpath={.data.\${2//./\\\\.}}"
}`;

/** Before anything else: with a weak key, there is nothing to bring along. */
export function checkSigningKey({ origin }: Subject): Step {
  const [secret, key] = origin !== 'fresh' && origin.restoredFrom === 'ess' ? ['"$OLD_RELEASE-generated"', 'SYNAPSE_SIGNING_KEY'] : ['"$OLD_RELEASE"', 'signing.key'];
  return {
    id: 'check-signing-key',
    text: 'The signing key is there and none of the weak ones that begin with `ed25519 0` (CVE-2026-24044): such a key is rotated at the old server first.',
    shell: `case $(old_field ${secret} ${key} | openssl base64 -d -A) in
  'ed25519 0'*) echo 'WRONG  the signing key is a weak one'; false ;;
  'ed25519 '*) echo 'right  the signing key' ;;
  *) echo 'WRONG  there is no signing key'; false ;;
esac`,
  };
}

/** The keys are the switch: as soon as they are there, everything starts. */
export function giveKeys(subject: Subject): readonly Step[] {
  const { origin, names } = subject;
  if (origin === 'fresh') return [];
  return [...origin.restoredFrom === 'ess' ? fromEss(subject) : fromChart(subject), {
    id: 'make-secrets',
    text: `See that nothing is missing: the last line says \`0 waiting, 0 wrong\`. What waits is named; it is given as a variable or a file, and this is run again. From now on ${names.release} starts.`,
    shell: `"$FLEET"/dist/bootstrap/secrets.sh --only ${names.release} --context "$NEW"`,
  }];
}

function fromEss({ names: { keySecret, release }, ...subject }: Subject): readonly Step[] {
  const [secret] = restoredKeySecrets({ names: { keySecret, release }, ...subject } as Subject);
  const keys = secret!.keys.flatMap((key) => ('supplied' in key ? [key.key] : []));
  return [{
    id: 'bring-keys',
    text: `Bring the keys along, under their own names in Secret \`${keySecret}\`. The markers of the old release stay behind: the chart writes new ones.`,
    shell: `{
  cat <<END
apiVersion: v1
kind: Secret
metadata: {name: ${keySecret}, labels: {app.kubernetes.io/managed-by: matrix-tools-init-secrets}}
data:
END
  for key in ${keys.join(' ')}; do
    value=$(old_field "$OLD_RELEASE-generated" "$key") && [ -z "$value" ] || printf '  %s: %s\\n' "$key" "$value"
  done
} | new create --filename -`,
  }];
}

/** Where the old chart keeps what, by our key: a key of its Secret; all else is in a configuration that the admin wrote. */
const inOldSecret: Readonly<Record<string, string>> = { SYNAPSE_SIGNING_KEY: 'signing.key', SYNAPSE_MACAROON: 'macaroon_secret_key' };

/** Where a configuration keeps what. */
const inConfiguration: Readonly<Record<string, string>> = {
  MAS_ENCRYPTION_SECRET: '`secrets.encryption` of MAS\'s configuration',
  MAS_RSA_PRIVATE_KEY: 'the RSA key among `secrets.keys` of MAS\'s configuration, as it stands there (PEM)',
};

function fromChart(subject: Subject): readonly Step[] {
  const keys = restoredKeySecrets(subject).flatMap((secret) => secret.keys).flatMap((key) => ('supplied' in key ? [key] : []));
  const known = keys.filter(({ key }) => inOldSecret[key] !== undefined);
  const other = keys.filter(({ key }) => inOldSecret[key] === undefined);
  return [
    {
      id: 'fetch-keys',
      text: 'Fetch the keys that the old chart keeps in a Secret, named after its release unless its `secret.name` says otherwise.',
      shell: known.map(({ key, supplied }) =>
        `old_field "$OLD_RELEASE" ${inOldSecret[key]} | openssl base64 -d -A >${key} && [ -s ${key} ] &&\n  export ${supplied}_FILE=$PWD/${key}`).join(' &&\n'),
    },
    ...other.map(({ key, supplied, what }): Step => ({
      id: `find-${key.toLowerCase().replaceAll('_', '-')}`,
      text: `Write ${what} into a file \`${key}\` here: it is ${inConfiguration[key] ?? 'in a configuration that you wrote'}. Then: \`export ${supplied}_FILE=$PWD/${key}\``,
    })),
  ];
}
