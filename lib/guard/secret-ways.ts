import { objectName } from '../diff/change';
import type { Danger, GuardRule } from './rule';
import { isEss, isOf, type Scene } from './scene';
import { meant, savingSecret, step } from './steps';

/** What brings a Secret, by the way that it comes. */
const ways = { 'SealedSecret.bitnami.com': 'sealed', 'ExternalSecret.external-secrets.io': 'external', Secret: 'vault-plugin' } as const;

/** The Secret of the database passwords tells: every homeserver has it from the first push on, by whatever way. */
function* waySwitches({ appearing, homeservers }: Scene): Generator<Danger> {
  for (const { manifest, owner } of appearing) {
    const names = owner.kind === 'homeserver' ? homeservers.get(owner.name)?.model.names : undefined;
    if (names === undefined || manifest.metadata.name !== names.databaseSecret || manifest.metadata.namespace !== names.release) continue;
    if (appearing.some((one) => isEss(one.manifest) && one.manifest.metadata.name === names.release)) continue;
    const way = Object.entries(ways).find(([kind]) => isOf(manifest, kind))?.[1];
    if (way === undefined) continue;
    const { release, databaseSecret } = names;
    yield {
      object: objectName(manifest),
      to: way,
      owner,
      option: ['secrets'],
      loses: `the Secrets of ${owner.name} would come another way: with another password it loses its databases, with another key it is somebody else`,
      steps: [
        'leave secrets as it was',
        step('save what is there', savingSecret(release)),
        ...way === 'sealed'
          ? [step('the controller overwrites none that it did not make; for one that it may, after its values are sealed', `kubectl -n ${release} annotate secret ${databaseSecret} sealedsecrets.bitnami.com/managed=true`)]
          : [step('put the same values into the store first, under the entries that this names', `npm run secrets -- ${owner.name}`)],
        meant(`Secrets of ${owner.name} by another way`),
        step('see that it runs on', `kubectl -n ${release} rollout restart statefulset,deployment`, `kubectl -n ${release} get pods --watch`),
      ],
    };
  }
}

export const secretWayRules: readonly GuardRule[] = [{
  id: 'secrets-way-switches',
  what: 'The Secrets of a homeserver that runs go on coming the same way.',
  why: 'Values that are not the same cut it off from its databases, or make it another homeserver; an operator overwrites what is there.',
  check: waySwitches,
}];
