import { listAt, valueAt } from '../checks/path';
import type { ObjectChange, Owner } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { isMap } from '../merge';
import type { Danger, GuardRule } from './rule';
import { fieldOf, isOf, type Scene, written } from './scene';
import { meant, privately, step } from './steps';

/** What this program writes, not the user's own objects. */
const isGenerated = ({ path }: ObjectChange) => /^manifests\/(?:secrets|matrix-[^/]+-(?:secrets|passwords))\//.test(path);

/** The folder of the store that an ExternalSecret reads, or that a placeholder is about; undefined where a Secret has nothing of it. */
function folderOf(manifest: Manifest): string | undefined {
  if (isOf(manifest, 'Secret')) {
    const { stringData, data } = manifest as Manifest & { readonly stringData?: unknown; readonly data?: unknown };
    const texts = [...Object.values(isMap(stringData) ? stringData : {}), ...Object.values(isMap(data) ? data : {}).map((value) => Buffer.from(String(value), 'base64').toString())];
    return texts.map((text) => /<path:([^#<>]+)\/[^/#<>]+#/.exec(String(text))?.[1]).find((path) => path !== undefined);
  }
  if (valueAt(manifest, ['spec', 'secretStoreRef', 'kind']) !== 'ClusterSecretStore') return undefined;
  const entry = listAt(manifest, ['spec', 'data']).filter((one) => valueAt(one, ['sourceRef']) === undefined).map((one) => written(valueAt(one, ['remoteRef', 'key'])))[0];
  return entry?.split('/').slice(0, -1).join('/');
}

const servers = (store: Manifest) => ({
  server: fieldOf(store, 'spec.provider.vault.server'),
  mount: fieldOf(store, 'spec.provider.vault.path'),
  folderId: fieldOf(store, 'spec.provider.yandexlockbox.fetching.byName.folderID'),
});

const placeText = ({ server, mount, folderId, prefix }: ReturnType<typeof servers> & { readonly prefix: unknown }) =>
  (folderId === undefined ? `${written(server)} ${written(mount)}/${written(prefix)}` : `Lockbox ${written(folderId)}`);

/** Where Secrets were read from, and are, by what reads them. */
function* moves({ changing, platform: { model: { secretSources: { store, vaultPlugin } } } }: Scene): Generator<Pick<Danger, 'object' | 'option'> & { readonly from: string; readonly to: string }> {
  const [secrets, externals] = ['Secret', 'ExternalSecret.external-secrets.io'].map((kind) =>
    changing.filter((change) => isGenerated(change) && isOf(change.after, kind)).map(({ before, after }) => [before, after].map(folderOf)).find(([was, is]) => was !== undefined && was !== is));
  if (vaultPlugin && secrets) {
    yield { object: 'argocd-vault-plugin', option: ['platform', 'argocd', 'vaultPlugin', 'path'], from: written(secrets[0]), to: vaultPlugin.path };
  }
  const change = changing.find(({ after }) => isOf(after, 'ClusterSecretStore.external-secrets.io') && after.metadata.name === 'fleet');
  if (!store || !(change ?? externals)) return;
  const is = 'server' in store ? { ...store, folderId: undefined } : { server: undefined, mount: undefined, prefix: undefined, folderId: store.folderId };
  const was = { ...is, ...change && servers(change.before), ...externals && { prefix: externals[0] } };
  yield { object: 'ClusterSecretStore fleet', option: ['platform', 'externalSecrets'], from: placeText(was), to: placeText(is) };
}

function* storeMoves(scene: Scene): Generator<Danger> {
  const owner: Owner = { kind: 'component', name: 'secrets' };
  for (const { object, option, from, to } of moves(scene)) {
    if (from === to) continue;
    yield {
      object,
      to,
      owner,
      option,
      loses: `all Secrets would be read from ${to} instead of ${from}: with other values there, homeservers lose their databases, and those that were restored are somebody else`,
      steps: [
        `leave it at ${from}`,
        step('save what is there', privately('kubectl get secret --all-namespaces -o yaml > ~/fleet-secrets.yaml')),
        step('put the same values into the new place, under the entries that this names', 'npm run secrets'),
        meant('Secrets from another place'),
        object === 'argocd-vault-plugin' ? 'see in Argo CD that everything is synced' : step('see that every Secret is read: READY says True', 'kubectl get externalsecrets --all-namespaces'),
      ],
    };
  }
}

export const secretStoreRules: readonly GuardRule[] = [{
  id: 'secret-store-moves',
  what: 'Secrets go on being read from the same place of the same store.',
  why: 'Every password and key of the fleet is read anew within the hour; where another value stands, or is made for it, homeservers lose databases and identity.',
  check: storeMoves,
}];
