import { valueAt } from '../checks/path';
import { objectName } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { credentialsOf, oldSigningKeys, oldSigningKeysFile } from '../homeserver/keys';
import { namesOf } from '../homeserver/names';
import { belongsToMove } from './moves';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, fieldOf, isOf, type Scene, written } from './scene';
import { meant, savingSecret, step } from './steps';

/** The chart makes the keys that are not given, unless it is told not to. */
const makesKeys = (application: Manifest) => chartValue(application, 'initSecrets.enabled') !== false;

function* originSwitches(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    if (makesKeys(before) === makesKeys(after)) continue;
    const { release, keySecret } = { release: after.metadata.name, keySecret: `${after.metadata.name}-generated` };
    yield {
      object: objectName(after),
      to: makesKeys(after) ? 'fresh' : 'restored',
      owner,
      option: ['origin'],
      loses: makesKeys(after)
        ? `the chart would make the keys of ${owner.name} that it misses in Secret ${keySecret}, and replace an old signing key there: to other homeservers and to its users it would be somebody else`
        : `${owner.name} would take its keys from a Secret that is to be brought along, and has run with the chart's own so far: other keys make it somebody else, and missing ones keep it from starting`,
      steps: [
        'leave origin as it was: it says where the identity comes from, once and for all',
        step('save the keys', savingSecret(release, keySecret)),
        ...makesKeys(after) ? [] : [step(`see that ${keySecret} holds every key that the list names`, `grep '^key' dist/bootstrap/secrets/${release}.list`, `kubectl -n ${release} get secret ${keySecret} -o json | jq -r '.data | keys[]'`)],
        `if the same keys stay in ${keySecret}: ${meant(`Keys of ${owner.name}`)}`,
      ],
    };
  }
}

/** Whether the old signing keys of another chart's Secret are served. */
const servesOldKeys = (application: Manifest) => valueAt(chartValue(application, 'synapse.additional'), [oldSigningKeysFile]) !== undefined;

/** Both are restored, with the same keys but for the old ones. */
function* oldKeysGo(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    if (makesKeys(before) || makesKeys(after) || !servesOldKeys(before) || servesOldKeys(after)) continue;
    const { name: release } = after.metadata;
    yield {
      object: objectName(after),
      to: 'matrix-chart',
      owner,
      option: ['origin'],
      loses: `the old signing keys of ${owner.name}, ${oldSigningKeys} in Secret ${release}-generated, would be served no more: where they signed, other homeservers cannot verify what they do not know yet`,
      steps: [
        `leave origin at { restoredFrom: 'ess' }: it says where the identity comes from, once and for all`,
        step(`see whether there are any: {} is none`, `kubectl -n ${release} get secret ${release}-generated -o 'jsonpath={.data.${oldSigningKeys}}' | base64 --decode`),
        `if there are none: ${meant(`Origin of ${owner.name}`)}`,
      ],
    };
  }
}

/** Parts of the chart that have keys, and what only stands in the values where they are on. */
const onWith: Readonly<Record<string, string>> = {
  matrixAuthenticationService: 'matrixAuthenticationService.ingress.host',
  matrixRTC: 'matrixRTC.sfu',
  hookshot: 'hookshot.resources',
};

function* keyMoves(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    const model = scene.homeservers.get(owner.name)?.model;
    if (model === undefined || makesKeys(before) !== makesKeys(after)) continue;
    for (const { path, key, what } of credentialsOf(model)) {
      const mark = onWith[path[0]!];
      const isOn = (application: Manifest) => mark === undefined || chartValue(application, mark) !== undefined;
      if (!isOn(after)) continue;
      // What comes back may have had keys: those that it has by default.
      const [from, to] = [isOn(before) ? referenceOf(before, path, key) : generated(before, key), referenceOf(after, path, key)];
      if (from === to) continue;
      yield {
        object: objectName(after),
        at: path.join('.'),
        to,
        owner,
        option: ['values', ...path],
        loses: `${path.join('.')} would come from ${to} instead of ${from}: unless both hold the same, ${owner.name} has lost ${what}`,
        steps: [
          `leave ${path.join('.')} as it was`,
          step(`if it must come from ${to}: see that both hold the same`, `diff ${[from, to].map((reference) => valueOf(after.metadata.name, reference)).join(' ')} && echo the same`),
          meant(`Keys of ${owner.name}`),
        ],
      };
    }
  }
}

/** What a shell puts the value of `SECRET/KEY` in the place of, without a word of it on the screen. */
function valueOf(namespace: string, reference: string): string {
  const [secret, key] = reference.split('/') as [string, string];
  return `<(kubectl -n ${namespace} get secret ${secret} -o 'jsonpath={.data.${key.replaceAll('.', '\\.')}}')`;
}

/** `SECRET/KEY`; where nothing is given, it is the one that the chart makes. */
function referenceOf(application: Manifest, path: readonly string[], key: string): string {
  const [secret, secretKey] = ['secret', 'secretKey'].map((field) => chartValue(application, [...path, field].join('.')));
  return secret === undefined ? generated(application, key) : `${written(secret)}/${written(secretKey)}`;
}

const generated = ({ metadata: { name } }: Manifest, key: string) => `${name}-generated/${key}`;

/** Objects that are a Secret, or that an operator makes one of and takes it along when they go. */
const secrets = ['Secret', 'SealedSecret.bitnami.com', 'ExternalSecret.external-secrets.io'];

/** What an ExternalSecret calls the Secret that it makes. */
const target = (manifest: Manifest) => written(fieldOf(manifest, 'spec.target.name') ?? manifest.metadata.name);

/** Of a homeserver, in its own namespace there are others; what it has beside its database is for that alone. */
function isOfDatabase({ metadata }: Manifest, homeserver: string): boolean {
  const { release, databaseSecret } = namesOf(homeserver);
  return metadata.namespace !== release || metadata.name === databaseSecret;
}

function* secretGoes(scene: Scene): Generator<Danger> {
  const going = scene.going.filter(({ manifest, owner }) => isOf(manifest, ...secrets) && !(belongsToMove(scene, owner) && isOfDatabase(manifest, owner.name)));
  const renamed = scene.changing
    .filter(({ before, after }) => isOf(after, 'ExternalSecret.external-secrets.io') && target(before) !== target(after))
    .map(({ before, after, owner }) => ({ manifest: before, owner, at: 'spec.target.name', to: target(after) }));
  for (const { manifest, owner, ...part } of [...going.map(({ manifest: gone, owner: its }) => ({ manifest: gone, owner: its })), ...renamed]) {
    const { namespace } = manifest.metadata;
    const name = isOf(manifest, 'ExternalSecret.external-secrets.io') ? target(manifest) : manifest.metadata.name;
    const secret = `${namespace ?? 'default'}/${name}`;
    yield {
      object: objectName(manifest),
      ...part,
      owner,
      option: optionOf(scene, owner, manifest),
      loses: `Secret ${secret} would be deleted from the cluster: what runs goes on until it starts anew, and a key that stands nowhere else is lost`,
      steps: [
        'leave it in the sources',
        step('see who mounts it', `kubectl -n ${namespace ?? 'default'} get pods -o yaml | grep -n ${name}`),
        step('save it', savingSecret(namespace ?? 'default', name)),
        meant(`No ${objectName(manifest)}`),
      ],
    };
  }
}

export const keyRules: readonly GuardRule[] = [
  {
    id: 'origin-switches',
    what: 'A homeserver keeps its `origin`: the chart goes on making its keys, or goes on making none.',
    why: 'The signing key is what other homeservers know it by. The chart adds what its Secret misses and replaces a key that begins with `ed25519 0`; told to make none, it starts with whatever is there. Old signing keys are served only where `restoredFrom` is `ess`.',
    check: (scene) => [...originSwitches(scene), ...oldKeysGo(scene)],
  },
  {
    id: 'key-moves',
    what: 'A homeserver goes on taking its keys from the same Secret.',
    why: 'With another signing key it is another homeserver; with another encryption secret everybody logs in again.',
    check: keyMoves,
  },
  {
    id: 'secret-goes',
    what: 'A Secret, and what one is made of, stays in the sources.',
    why: 'Pruning deletes it, and an operator deletes what it has made of it; a signing key or a password may stand nowhere else.',
    check: secretGoes,
  },
];
