import type { Path } from '../checks/path';
import { objectName } from '../diff/change';
import { type ConfiguredProvider, providerChanges } from '../diff/identity-providers';
import type { Danger, GuardRule } from './rule';
import { essChanges, type Scene } from './scene';
import { valuesOf } from './source';
import { push } from './steps';

/** Where a provider is described, or was. */
function optionOf(scene: Scene, homeserver: string, { id, service, file }: ConfiguredProvider, field: 'id' | 'issuer' | 'localpart', was = false): Path {
  if (file !== 'fleet-identity-providers.yaml') return ['values', service, 'additional', file];
  const index = scene.homeservers.get(homeserver)?.model.identityProviders.findIndex((one) => one.id === id) ?? -1;
  return was || index < 0 ? ['identityProviders'] : ['identityProviders', index, field];
}

/** What helps who has lost the way to an account. */
const byHand = (homeserver: string, passwordLogin: boolean | undefined): readonly string[] =>
  (passwordLogin === false ? [] : [`who finds no account so logs in with a password, which you give: npm run users -- ${homeserver}`]);

function* providerGoes(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    for (const { provider, successor } of providerChanges(valuesOf(before), valuesOf(after)).gone) {
      const { id, issuer } = provider;
      yield {
        object: objectName(after),
        at: id,
        ...successor && { to: successor.id },
        owner,
        option: optionOf(scene, owner.name, successor ?? provider, 'id', successor === undefined),
        loses: `accounts of who comes from ${issuer} are linked to ${id}, which ${successor ? `would be ${successor.id}` : 'nobody would know any more'}: ${successor ? 'at the next login they are not found, and who owns them is turned away or gets a new one, empty' : 'who has no password cannot log in'}`,
        steps: [
          `leave it in the sources under its id, ${id}; what the login page calls it is name`,
          successor
            ? `if it must be ${successor.id}: see that ${issuer} calls everybody what they are called here, and nobody what another is called; then say existingUsers: true there, by which an account is found by that name, and linked anew`
            : 'if it must go: see that everybody has another way in, such as another provider with existingUsers: true, which finds an account by its name',
          ...byHand(owner.name, scene.homeservers.get(owner.name)?.model.passwordLogin),
          `say that it is meant, and ${push}; under its old id everybody finds the old account again, since links stay in the database`,
        ],
      };
    }
  }
}

/** Users are linked by what the issuer calls them within itself, which another may call somebody else. */
function* providerMoves(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    for (const { provider: { id, issuer }, now } of providerChanges(valuesOf(before), valuesOf(after)).moved) {
      yield {
        object: objectName(after),
        at: id,
        to: now.issuer,
        owner,
        option: optionOf(scene, owner.name, now, 'issuer'),
        loses: `${id} would be ${now.issuer} instead of ${issuer}: accounts are linked to what ${issuer} calls their owners, the claim sub, and whom ${now.issuer} calls so gets them, be it somebody else`,
        steps: [
          `leave issuer at ${issuer}`,
          `if only its address is another: see that a user's sub is the same as before, say that it is meant, and ${push}`,
          `if it is another provider: describe it beside this one, under an id of its own, with existingUsers: true, and take ${id} away when everybody has come by the new one`,
        ],
      };
    }
  }
}

/** Whoever has not come by a provider yet is taken for the account of that name. */
function* providerRenames(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    for (const { provider: { id, localpart }, now } of providerChanges(valuesOf(before), valuesOf(after)).renaming) {
      const [from, to] = [localpart, now.localpart].map((template) => template || "the service's own choice") as [string, string];
      yield {
        object: objectName(after),
        at: id,
        to,
        owner,
        option: optionOf(scene, owner.name, now, 'localpart'),
        loses: `${id} would call users ${to} instead of ${from}, and has existingUsers: who comes by it for the first time gets the account of that name, be it somebody else's, and finds their own no more`,
        steps: [
          `leave localpart at ${from}`,
          `if it must be another: take existingUsers away with it, so that nobody gets an account that is there; who has come before is linked, and finds the same account`,
          `if both must be: see that ${to} calls nobody what another account is called, say that it is meant, and ${push}`,
        ],
      };
    }
  }
}

export const identityProviderRules: readonly GuardRule[] = [
  {
    id: 'identity-provider-goes',
    what: 'An identity provider stays in the sources, under its `id`.',
    why: 'Synapse and MAS link accounts to the id: under another one they are not found, and who owns them is turned away or gets a new account.',
    check: providerGoes,
  },
  {
    id: 'identity-provider-moves',
    what: 'An identity provider keeps its `issuer`.',
    why: 'Accounts are linked to what the issuer calls their owners within itself; another may call somebody else so, who would get the account.',
    check: providerMoves,
  },
  {
    id: 'identity-provider-renames',
    what: 'An identity provider with `existingUsers` keeps its `localpart`.',
    why: 'It gives who comes for the first time the account of the name that this template makes; another template makes the name of another account.',
    check: providerRenames,
  },
];
