import type { Homeserver } from '../homeserver/homeserver';
import { secretsOf } from '../homeserver/secrets';
import { laterSecrets } from '../platform/secrets';
import { placeOf } from '../secrets/sealed';
import type { SecretSpec } from '../secrets/secret';
import type { SecretWay } from '../secrets/way';
import type { Danger, GuardRule } from './rule';
import { isOf, type Scene } from './scene';
import { privately, pushed, step } from './steps';

/** What brings a Secret, by the way that it comes. */
const kinds = { sealed: 'SealedSecret.bitnami.com', external: 'ExternalSecret.external-secrets.io', 'vault-plugin': 'Secret' } as const satisfies Partial<Record<SecretWay, string>>;
type Way = keyof typeof kinds;

/** Whether the bootstrap has made a Secret so far, and does no more. */
function leavesBootstrap({ texts }: Scene, spec: SecretSpec): boolean {
  const line = `\nsecret ${placeOf(spec)} `;
  return texts.some(({ before, after }) => before?.includes(line) === true && after?.includes(line) !== true);
}

/** Whether another way has brought it so far. */
function leavesOther({ going }: Scene, way: Way, { namespace, name }: SecretSpec): boolean {
  const others = Object.values(kinds).filter((kind) => kind !== kinds[way]);
  return going.some(({ manifest }) => isOf(manifest, ...others) && manifest.metadata.namespace === namespace && manifest.metadata.name === name);
}

/** One Secret speaks for all: that of the database passwords, or where the chart has these, the first. A sealed one comes when it is sealed. */
function* waySwitches(scene: Scene): Generator<Danger> {
  for (const { model } of scene.homeservers.values()) {
    const { name, secrets: way, names: { release, databaseSecret } } = model;
    if (way === 'bootstrap') continue;
    const specs = secretsOf(model);
    const switching = specs.filter((spec) => leavesBootstrap(scene, spec) || leavesOther(scene, way, spec));
    const telling = switching.find((spec) => placeOf(spec) === `${release}/${databaseSecret}`) ?? switching[0];
    if (telling === undefined) continue;
    yield {
      object: `${kinds[way].split('.')[0]!} ${placeOf(telling)}`,
      to: way,
      owner: { kind: 'homeserver', name },
      option: ['secrets'],
      loses: `the Secrets of ${name} would come another way: with another password it loses its databases or its backups, with another key it is somebody else`,
      steps: stepsOf(model, way, specs, laterSecrets(scene.platform.model).filter((spec) => leavesBootstrap(scene, spec))),
    };
  }
}

/** @param platform what of the platform's goes along */
function stepsOf({ name, names: { release } }: Homeserver, way: Way, own: readonly SecretSpec[], platform: readonly SecretSpec[]): readonly string[] {
  const all = [...own, ...platform];
  const namespaces = [...new Set([release, ...all.map(({ namespace }) => namespace)])];
  const namesIn = (namespace: string) => all.filter((spec) => spec.namespace === namespace).map((spec) => spec.name).join(' ');
  const who = [name, ...platform.length > 0 ? ['platform'] : []];
  const file = `~/${release}-secrets.yaml`;
  // Of the homeserver's namespace all of them: the keys that the chart has made are among these.
  const saving = namespaces.map((namespace) => `kubectl -n ${namespace} get secret ${namespace === release ? '' : `${namesIn(namespace)} `}-o yaml`);
  return [
    'leave secrets as it was',
    step('if they must come that way: save what is there', privately(`{ ${saving.join(' && echo --- && ')}; } > ${file}`)),
    ...way === 'sealed' ? [
      step('with the new way said, seal these values as they are; where seal asks for the certificate, it says where that comes from', ...who.map((one) => `npm run seal -- ${one} --from ${file}`)),
      step(
        'let the controller take over what it did not make, before that is pushed',
        ...namespaces.map((namespace) => `kubectl -n ${namespace} annotate secret ${namesIn(namespace)} sealedsecrets.bitnami.com/managed=true --overwrite`),
      ),
    ] : [step('put the same values into the store first, under the entries that this names: in that file they are in base64', ...who.map((one) => `npm run secrets -- ${one}`))],
    step('say that it is meant, by the line above', ...pushed(`Secrets of ${name} by another way`, way === 'sealed' ? 'main.ts instances sealed dist' : undefined)),
    step('see that they are there, and that it runs on', ...way === 'sealed' ? namespaces.map((namespace) => `kubectl -n ${namespace} get sealedsecrets`) : [], `kubectl -n ${release} rollout restart statefulset,deployment`, `kubectl -n ${release} get pods --watch`),
  ];
}

export const secretWayRules: readonly GuardRule[] = [{
  id: 'secrets-way-switches',
  what: 'The Secrets of a homeserver that runs go on coming the same way.',
  why: 'Values that are not the same cut it off from its databases, or make it another homeserver; an operator overwrites what is there.',
  check: waySwitches,
}];
