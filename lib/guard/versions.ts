import { listAt } from '../checks/path';
import { objectName } from '../diff/change';
import type { Manifest } from '../gitops/manifest';
import { compareVersions } from '../homeserver/chart-version';
import { isMap } from '../merge';
import { saving } from './dumps';
import { estateOf } from './estate';
import { goingBack } from './lifecycle';
import { optionOf } from './option';
import type { Danger, GuardRule } from './rule';
import { chartValue, essChanges, fieldOf, isEss, type Scene, written } from './scene';
import { sourcesOf } from './source';
import { pushed, step } from './steps';
import { mounted } from './volume';

/** The versions that decide which data an object can read, by what has them. */
function versionsOf(manifest: Manifest): ReadonlyMap<string, string> {
  if (manifest.kind === 'Application') return new Map([...chartVersions(manifest), ...tags(chartValue(manifest, ''), [], isEss(manifest))]);
  if (mounted(manifest).size === 0) return new Map();
  return new Map(listAt(manifest, ['spec', 'template', 'spec', 'containers']).filter(isMap).flatMap(({ image }) => {
    const [, name, version] = /^(.+):v?(\d+(?:\.\d+){0,2})/.exec(written(image)) ?? [];
    return name === undefined || version === undefined ? [] : [[`image ${name}`, version] as const];
  }));
}

function chartVersions(application: Manifest): readonly (readonly [string, string])[] {
  return [...sourcesOf(application).values()].flatMap(({ chart, targetRevision }) => {
    const [version] = /^\d+\.\d+\.\d+/.exec(written(targetRevision).replace(/^v/, '')) ?? [];
    return typeof chart === 'string' && version !== undefined ? [[`chart ${chart}`, version] as const] : [];
  });
}

/** Parts of the ESS chart that migrate what they store. */
const migrating: ReadonlySet<string> = new Set(['synapse', 'matrixAuthenticationService', 'hookshot', 'postgres']);

/** The tags of images among chart values, by where each stands; of the ESS chart only where it matters. */
function tags(values: unknown, path: readonly string[], inEss: boolean): readonly (readonly [string, string])[] {
  if (!isMap(values) || (inEss && path.length === 1 && !migrating.has(path[0]!))) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...path, key];
    if (key !== 'tag' || isMap(value)) return tags(value, here, inEss);
    const [version] = /^\d+(?:\.\d+){0,2}/.exec(written(value).replace(/^v/, '')) ?? [];
    return version === undefined ? [] : [[here.join('.'), version] as const];
  });
}

function* versionGoesBack(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of scene.changing) {
    const now = versionsOf(after);
    for (const [what, from] of versionsOf(before)) {
      const to = now.get(what);
      if (to === undefined || compareVersions(to, from) >= 0) continue;
      yield {
        object: objectName(after),
        at: what,
        to,
        owner,
        option: isEss(after) ? what.startsWith('chart ') ? ['chartVersion'] : ['values', ...what.split('.')] : optionOf(scene, owner, after),
        loses: `${what} would go from ${from} back to ${to}: the newer one has changed what is stored, and an older one does not start on it, or spoils it`,
        steps: isEss(after)
          ? goingBack(owner.name, before, from, to)
          : [`leave it at ${from}`, `if it must be ${to}: stop it, and restore its volume from before the upgrade`],
      };
    }
  }
}

/** A release of the ESS chart that wants something done before it is passed, and in which homeservers. */
interface Gate {
  readonly release: string;
  readonly applies: (application: Manifest) => boolean;
  readonly loses: string;
  readonly before: string;
}

/** From the chart's changelog; of what its schema refuses by itself, the checks speak. */
const gates: readonly Gate[] = [
  {
    release: '26.3.0',
    applies: (application) => ['turn', 'turnTLS'].some((service) => {
      const path = `matrixRTC.sfu.exposedServices.${service}`;
      return chartValue(application, `${path}.enabled`) === true && chartValue(application, `${path}.port`) === undefined;
    }),
    loses: 'it moves the ports of TURN that the values do not give (31443 and 31478 to 30003 and 30004): firewalls and other homeservers\' ports stand in the way of calls',
    before: 'give matrixRTC.sfu.exposedServices.turn.port and .turnTLS.port in values, and push that at the old version',
  },
  {
    release: '26.8.1',
    applies: (application) => chartValue(application, 'matrixRTC.livekitAuth.keysYaml') !== undefined,
    loses: 'it knows no keysYaml any more: the keys that running calls are signed with would change in the same push',
    before: 'give matrixRTC.livekitAuth.key and .secret in values instead of keysYaml, and push that at the old version',
  },
];

function* releaseJumped(scene: Scene): Generator<Danger> {
  for (const { before, after, owner } of essChanges(scene)) {
    const [from, to] = [before, after].map((application) => written(fieldOf(application, 'spec.source.targetRevision'))) as [string, string];
    for (const { release, applies, loses, before: first } of gates) {
      if (compareVersions(from, release) >= 0 || compareVersions(to, release) < 0 || !applies(before)) continue;
      yield {
        object: objectName(after),
        at: release,
        to,
        owner,
        option: ['chartVersion'],
        loses: `${from} to ${to} goes past ${release}, and ${loses}`,
        steps: [`leave chartVersion at '${from}'`, first, saving(estateOf(owner.name, before)), step(`say chartVersion: '${to}'`, ...pushed(`Chart ${to} in ${owner.name}`))],
      };
    }
  }
}

export const versionRules: readonly GuardRule[] = [
  {
    id: 'version-goes-back',
    what: 'No chart, and no image beside a volume, goes back to an older version.',
    why: 'Databases and volumes are migrated forward when a newer version starts; none of the components migrates back.',
    check: versionGoesBack,
  },
  {
    id: 'release-jumped',
    what: 'No release of the ESS chart is passed that wants a step of its own before it.',
    why: 'Some releases move what the values leave open, or take away what they say; done in one push with the upgrade, the running system changes under its users.',
    check: releaseJumped,
  },
];
