import { clientSecretVariable } from '../homeserver/identity-providers';
import { sealedSpecs } from '../inventory/secrets';
import { isMap } from '../merge';
import { isSealed } from '../secrets/sealing';
import { missingKeys, placeOf, placeOfFile, sealedFileOf, sealedKeys, sealedValues } from '../secrets/sealed';
import type { SecretWay } from '../secrets/way';
import { collisions } from './collisions';
import { inWords } from './complaint';
import { elsewhere } from './names';
import { valueAt } from './path';
import type { Fault, Rule } from './rule';
import { type Place, placeIn, placeOf as placeSaid, type TracedFleet } from './traced';

/** What each way needs of the platform: where it is said, and whether it is there. */
const needs: Readonly<Record<Exclude<SecretWay, 'bootstrap'>, { readonly option: string; readonly isThere: (fleet: TracedFleet) => boolean }>> = {
  sealed: { option: 'platform.sealedSecrets: {}', isThere: ({ platform }) => platform.model.sealedSecrets !== false },
  external: { option: 'platform.externalSecrets, with the store to read', isThere: ({ platform }) => platform.model.externalSecrets !== false },
  'vault-plugin': { option: 'platform.argocd.vaultPlugin, with the path of the Secrets', isThere: ({ platform }) => platform.model.secretSources.vaultPlugin !== undefined },
};

function* waysMissing(fleet: TracedFleet): Generator<Fault> {
  const { platform: { model, words: [main] }, homeservers } = fleet;
  const said: [SecretWay, Place][] = [
    [model.secrets, placeIn(main, ['secrets'])],
    ...homeservers.flatMap(({ model: { secrets }, words }): [SecretWay, Place][] => {
      const place = placeSaid(words, ['secrets']);
      return place ? [[secrets, place]] : [];
    }),
  ];
  for (const [way, place] of said) {
    if (way === 'bootstrap' || needs[way].isThere(fleet)) continue;
    yield { ...place, message: `${inWords(way)} is a way that the platform does not know`, fix: `write ${needs[way].option} into main.ts` };
  }
}

function* storesChosen({ platform: { model, words: [main] } }: TracedFleet): Generator<Fault> {
  const at = ['platform', 'externalSecrets'];
  const options = valueAt(main.options, at);
  if (!model.externalSecrets || !isMap(options)) return;
  const stores = ['yandexLockbox', 'vault'].filter((name) => options[name] !== undefined);
  if (stores.length === 1) return;
  yield { ...placeIn(main, at), message: stores.length === 0 ? 'names no store' : 'names two stores', fix: 'write yandexLockbox or vault, one of them' };
}

function* notSealed(fleet: TracedFleet): Generator<Fault> {
  const sealed = sealedValues(fleet.sealed);
  for (const { spec, file, who } of sealedSpecs(fleet)) {
    const missing = missingKeys(spec, sealed);
    if (missing.length === 0) continue;
    const what = missing.length === sealedKeys(spec).length ? '' : ` ${missing.join(' and ')} of`;
    yield { file, path: '', message: `what mounts Secret ${placeOf(spec)} waits:${what} ${sealedFileOf(spec)} ${missing.length > 1 && what ? 'are' : 'is'} missing`, fix: `npm run seal -- ${who}` };
  }
}

function* variableTaken({ homeservers }: TracedFleet): Generator<Fault> {
  const claims = homeservers.flatMap(({ model, words }) => (model.secrets !== 'bootstrap' && model.secrets !== 'sealed' ? [] : model.identityProviders.map(({ id }, index) => {
    const path = ['identityProviders', index, 'id'];
    return { variable: clientSecretVariable(model, id), name: model.name, place: placeSaid(words, path) ?? placeIn(words[0], path) };
  })));
  for (const [{ variable, name, place }, other] of collisions(claims, (claim) => claim.variable)) {
    if (name === other.name) continue;
    yield { ...place, message: `its secret would be read from ${variable}, as that of ${elsewhere(place, other.place)}`, fix: 'give one of the two another id, as long as nobody has logged in by it; or each its value in a run of its own, and silence this' };
  }
}

const rebuilt = 'take it from git again, or delete it and run npm run seal';

function* wronglySealed({ sealed }: TracedFleet): Generator<Fault> {
  for (const { file, value } of sealed) {
    const at = (path: string) => ({ file, path });
    const place = placeOfFile(file);
    const is = [['apiVersion'], ['kind'], ['metadata', 'namespace'], ['metadata', 'name']].map((path) => valueAt(value, path)).join(' ');
    const [namespace, name] = place.split('/');
    if (is !== `bitnami.com/v1alpha1 SealedSecret ${namespace} ${name}`) {
      yield { ...at(''), message: `is not the SealedSecret ${place}, whose values open in no other place`, fix: rebuilt };
      continue;
    }
    const values = valueAt(value, ['spec', 'encryptedData']);
    if (!isMap(values)) {
      yield { ...at('spec.encryptedData'), message: 'holds no sealed values', fix: rebuilt };
      continue;
    }
    for (const [key, text] of Object.entries(values)) {
      if (!isSealed(text)) yield { ...at(`spec.encryptedData.${key}`), message: 'is not a sealed value, and may be one that everybody can read', fix: rebuilt };
    }
  }
}

function* sealedForNothing(fleet: TracedFleet): Generator<Fault> {
  const wanted = new Set(sealedSpecs(fleet).map(({ spec }) => sealedFileOf(spec)));
  for (const { file } of fleet.sealed) {
    if (!wanted.has(file)) yield { file, path: '', message: 'holds a Secret that nothing of the fleet wants', fix: 'delete it, unless its homeserver comes back' };
  }
}

export const secretWayRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'secrets-way-unknown',
    severity: 'error',
    what: 'The platform has what the way of its Secrets, and of each homeserver\'s, takes.',
    why: 'Nothing would make them, and whatever mounts them waits without end.',
    fix: 'Switch on `platform.sealedSecrets` or `platform.externalSecrets`, or describe `platform.argocd.vaultPlugin`.',
    check: waysMissing,
  },
  {
    id: 'secret-store-choice',
    severity: 'error',
    what: '`platform.externalSecrets` names one store.',
    why: 'Each value is in one place, and with none there is nothing to read.',
    fix: 'Write `yandexLockbox` or `vault`, one of them.',
    check: storesChosen,
  },
  {
    id: 'secret-variable-taken',
    severity: 'warning',
    what: 'No two homeservers read the secret of a provider of identities from one variable.',
    why: 'In one run both get one value, which is never overwritten, and one of them could log nobody in: MATRIX_A_B_C is that of c at a-b, and of b-c at a.',
    fix: 'Give one of the providers another id, as long as nobody has logged in by it, since accounts are linked to it.',
    check: variableTaken,
  },
  {
    id: 'secret-not-sealed',
    severity: 'warning',
    what: 'Every Secret that goes the sealed way has all its values under `sealed/`.',
    why: 'It is left out of `dist/` until then: half a Secret would start what had better wait.',
    fix: 'Run `npm run seal`, with the values that only you have in the environment.',
    check: notSealed,
  },
  {
    id: 'sealed-file-wrong',
    severity: 'error',
    what: 'Every file under `sealed/` is the SealedSecret that its path names, and each of its values is sealed.',
    why: 'A value opens in no other namespace and under no other name (SealedSecrets, strict scope), and one that is not sealed is readable by everybody.',
    fix: 'Take it from git again, or delete it and run `npm run seal`.',
    check: wronglySealed,
  },
  {
    id: 'sealed-file-unused',
    severity: 'warning',
    what: 'Every file under `sealed/` is a Secret\'s that the fleet wants.',
    why: 'It reaches no cluster; what is left of a homeserver that is gone can only be wrong some day.',
    fix: 'Delete it.',
    check: sealedForNothing,
  },
];
