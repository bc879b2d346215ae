import type { Homeserver } from '../homeserver/homeserver';
import { typedValues } from '../homeserver/values';
import { isMap } from '../merge';
import { type Path, pathText, valueAt } from './path';
import type { Fault, Rule } from './rule';
import { placeIn, placeOf, type TracedFleet } from './traced';

/**
 * Values of the ESS chart that more follows from than the chart: each has an option, and a raw value that says otherwise would
 * leave policies, databases and the checks across homeservers behind.
 */
const owned: readonly (readonly [value: string, option: string])[] = [
  ['serverName', 'serverName'],
  ['synapse.ingress.host', 'synapse.host'],
  ['matrixAuthenticationService.enabled', 'mas'],
  ['matrixAuthenticationService.ingress.host', 'mas.host'],
  ['matrixAuthenticationService.syn2mas.enabled', 'mas.syn2mas'],
  ['matrixAuthenticationService.syn2mas.dryRun', 'mas.syn2mas'],
  ['elementWeb.enabled', 'elementWeb'],
  ['elementWeb.ingress.host', 'elementWeb.host'],
  ['elementAdmin.enabled', 'elementAdmin'],
  ['elementAdmin.ingress.host', 'elementAdmin.host'],
  ['matrixRTC.enabled', 'rtc'],
  ['matrixRTC.ingress.host', 'rtc.host'],
  ['matrixRTC.sfu.exposedServices.rtcTcp.port', 'rtc.tcp'],
  ['matrixRTC.sfu.exposedServices.rtcTcp.nodePort', 'rtc.tcp'],
  ['matrixRTC.sfu.exposedServices.rtcTcp.portType', 'rtc.exposure'],
  ['matrixRTC.sfu.exposedServices.rtcMuxedUdp.port', 'rtc.udp'],
  ['matrixRTC.sfu.exposedServices.rtcMuxedUdp.nodePort', 'rtc.udp'],
  ['matrixRTC.sfu.exposedServices.rtcMuxedUdp.portType', 'rtc.exposure'],
  ['matrixRTC.sfu.hostNetwork', 'rtc.exposure'],
  ['matrixRTC.sfu.manualIP', 'rtc.publicIp'],
  ['matrixRTC.sfu.exposedServices.rtcTcp.enabled', 'rtc.exposure'],
  ['matrixRTC.sfu.exposedServices.rtcMuxedUdp.enabled', 'rtc.udp'],
  ['hookshot.enabled', 'hookshot'],
  ['hookshot.ingress.host', 'hookshot.host'],
  ['wellKnownDelegation.enabled', 'wellKnown'],
  ['initSecrets.enabled', 'origin'],
];

/** Components that are on where the typed values do not say. */
const onByDefault = /^((matrixAuthenticationService|elementWeb|elementAdmin|matrixRTC|wellKnownDelegation|initSecrets)\.enabled|matrixAuthenticationService\.syn2mas\.dryRun)$/;

const offByDefault: ReadonlySet<string> = new Set(['matrixRTC.sfu.hostNetwork', 'matrixAuthenticationService.syn2mas.enabled']);

/** What holds where the typed values do not say. */
const defaultOf = (path: string): unknown => (onByDefault.test(path) ? true : offByDefault.has(path) ? false : undefined);

const paths = owned.map(([value, option]): readonly [Path, string] => [value.split('.'), option]);

function contradictions(homeserver: Homeserver): (readonly [Path, string])[] {
  const { values } = homeserver;
  const said = paths.filter(([path]) => valueAt(values, path) !== undefined);
  if (said.length === 0) return [];
  const typed = typedValues(homeserver);
  return said.filter(([path]) => valueAt(values, path) !== (valueAt(typed, path) ?? defaultOf(pathText(path))));
}

function* valueHasOption({ homeservers }: TracedFleet): Generator<Fault> {
  for (const { model, words } of homeservers) {
    for (const [path, option] of contradictions(model)) {
      const place = placeOf(words, ['values', ...path]) ?? placeIn(words[0], ['values', ...path]);
      yield { ...place, message: `this value has an option, which says otherwise`, fix: `set ${option} instead` };
    }
  }
}

/** Where the chart takes files of configuration, among which are ours. */
const homesOfFiles = [['synapse'], ['matrixAuthenticationService'], ['matrixRTC', 'sfu'], ['elementWeb']];

function* fileTaken({ homeservers }: TracedFleet): Generator<Fault> {
  for (const { model: { values }, words } of homeservers) {
    for (const home of homesOfFiles) {
      const files = valueAt(values, [...home, 'additional']);
      for (const file of Object.keys(isMap(files) ? files : {}).filter((name) => name.startsWith('fleet-'))) {
        const path = ['values', ...home, 'additional', file];
        yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: 'has a name of this program\'s own files, and would replace one of them', fix: 'give it a name that does not begin with fleet-' };
      }
    }
  }
}

export const ownedValueRules: readonly Rule<TracedFleet>[] = [{
  id: 'value-has-option',
  severity: 'error',
  what: 'No raw value of the ESS chart says other than the option from which more than that value follows.',
  why: 'Network policies, databases, certificates and the checks across homeservers follow the option, not the raw value.',
  fix: 'Set the option instead.',
  check: valueHasOption,
}, {
  id: 'value-file-taken',
  severity: 'error',
  what: 'No raw file of configuration bears a name that begins with `fleet-`.',
  why: 'These are this program\'s own, and the raw one would take its place: a rehearsal would no longer be cut off from other servers.',
  fix: 'Give it another name.',
  check: fileTaken,
}];
