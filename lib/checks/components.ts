import { has } from '../homeserver/chart-version';
import { type Homeserver, masKeepsAccounts, runsMas } from '../homeserver/homeserver';
import type { WorkerType } from '../homeserver/options';
import { valueAt } from './path';
import type { Fault, Rule } from './rule';
import { placeIn, placeOf, type Traced, type TracedFleet } from './traced';

/** Worker types that came to the chart after the oldest version that this program knows. */
const workersSince: readonly (readonly [WorkerType, string])[] = [['mas-helper', '26.5.0']];

/** A rule that looks at one homeserver at a time. */
function each(check: (homeserver: Traced<Homeserver>) => Iterable<Fault>) {
  return function* ({ homeservers }: TracedFleet): Generator<Fault> {
    for (const homeserver of homeservers) yield* check(homeserver);
  };
}

function* worker({ model, words }: Traced<Homeserver>, type: WorkerType, message: string, fix: string): Generator<Fault> {
  if (!model.synapse.workers.some((one) => one.type === type)) return;
  const path = ['synapse', 'workers', type];
  yield { ...placeOf(words, path) ?? placeIn(words[0], path), message, fix };
}

export const componentRules: readonly Rule<TracedFleet>[] = [
  {
    id: 'element-admin-without-mas',
    severity: 'error',
    what: 'Element Admin is on only where MAS is.',
    why: 'It logs in and manages accounts through MAS; the chart does not check (Element Admin).',
    fix: 'Take `elementAdmin` away, or turn `mas` on.',
    check: each(function* ({ model, words: [own] }) {
      if (masKeepsAccounts(model) || !valueAt(own.options, ['elementAdmin'])) return;
      yield { ...placeIn(own, ['elementAdmin']), message: model.mas ? 'Element Admin needs accounts in mas, which are still in Synapse' : 'Element Admin needs mas, which is false', fix: model.mas ? 'take elementAdmin away until they are moved' : 'take elementAdmin away, or turn mas on' };
    }),
  },
  {
    id: 'sso-login-with-mas',
    severity: 'error',
    what: 'There is no worker sso-login where MAS is on.',
    why: 'Logins are the business of MAS then; the chart refuses the worker from 26.5.0 on (ESS chart, templates/synapse/_helpers.tpl).',
    fix: 'Take the worker away, or turn `mas` off.',
    check: each((homeserver) => (runsMas(homeserver.model)
      ? worker(homeserver, 'sso-login', 'logins are the business of mas, which is on', 'take the worker away, or turn mas off')
      : [])),
  },
  {
    id: 'mas-helper-without-mas',
    severity: 'error',
    what: 'The worker mas-helper is there only where MAS is on.',
    why: 'It answers the requests of MAS and nobody else\'s; the chart refuses it (ESS chart, templates/synapse/_helpers.tpl).',
    fix: 'Take the worker away, or turn `mas` on.',
    check: each((homeserver) => (runsMas(homeserver.model)
      ? []
      : worker(homeserver, 'mas-helper', 'this worker helps mas, which is false', 'take the worker away, or turn mas on'))),
  },
  {
    id: 'worker-too-new',
    severity: 'error',
    what: 'Every worker type is one of the chart\'s at the homeserver\'s version.',
    why: 'The chart\'s schema refuses an unknown type (ESS chart, values.schema.json).',
    fix: 'Take the worker away, or choose a newer `chartVersion`.',
    check: each(function* (homeserver) {
      const { chartVersion } = homeserver.model;
      for (const [type, since] of workersSince) {
        if (!has(chartVersion, since)) yield* worker(homeserver, type, `this worker came with version ${since} of the chart, and chartVersion is ${chartVersion}`, 'take the worker away, or choose a newer chartVersion');
      }
    }),
  },
  {
    id: 'registration-without-mail',
    severity: 'error',
    what: 'Registration by e-mail comes with a mail server.',
    why: 'Nobody could confirm an address, and so nobody register (MAS and Synapse, `email`).',
    fix: 'Name a Secret with the settings of a mail server in the raw values, or choose `token`.',
    check: each(function* ({ model, words }) {
      const { registration, values } = model;
      if (registration !== 'email') return;
      const component = masKeepsAccounts(model) ? 'matrixAuthenticationService' : 'synapse';
      const additional = valueAt(values, [component, 'additional']);
      if (typeof additional === 'object' && additional !== null && Object.keys(additional).length > 0) return;
      yield { ...placeOf(words, ['registration']) ?? placeIn(words[0], ['registration']), message: 'mails to confirm addresses need a mail server', fix: `write its settings (email) into a Secret and name that in values.${component}.additional, or choose token` };
    }),
  },
  {
    id: 'load-balancer-without-ip',
    severity: 'error',
    what: 'A media server behind a load balancer knows its public address.',
    why: 'By itself it finds the address of its node, and callers would wait for media that never comes (LiveKit, rtc.node_ip).',
    fix: 'Write the load balancer\'s address as `rtc.publicIp`, or choose NodePort.',
    check: each(function* ({ model: { rtc }, words: [own] }) {
      if (!rtc || rtc.exposure !== 'LoadBalancer' || rtc.publicIp !== undefined) return;
      yield { ...placeIn(own, ['rtc', 'publicIp']), message: 'is missing, which rtc.exposure LoadBalancer needs', fix: 'write the address of the load balancer, or choose NodePort' };
    }),
  },
  {
    id: 'dynamic-address-in-vain',
    severity: 'error',
    what: 'A media server is started anew for a changed address only where it asks for its address, and behind a NodePort.',
    why: 'With `publicIp` it asks nobody; with HostPort the new pod waits for the port of the old one, which waits for the new one (ESS chart, `maxUnavailable: 0`).',
    fix: 'Take `dynamicAddress` away, or `publicIp` or the exposure.',
    check: each(function* ({ model: { rtc }, words: [own] }) {
      if (!rtc || !rtc.dynamicAddress) return;
      const place = placeIn(own, ['rtc', 'dynamicAddress']);
      if (rtc.exposure !== 'NodePort') yield { ...place, message: `does not go with rtc.exposure ${rtc.exposure}`, fix: 'choose NodePort' };
      else if (rtc.publicIp !== undefined) yield { ...place, message: 'asks for an address that rtc.publicIp says', fix: 'take one of the two away' };
    }),
  },
  {
    id: 'media-backup-nowhere',
    severity: 'error',
    what: 'Backups of uploaded files have a place to go to.',
    why: 'Without the bucket of `platform.backups` and without a claim there is none.',
    fix: 'Describe `platform.backups`, or name a claim of your own.',
    check: each(function* ({ model: { synapse: { media: { backup } }, surroundings }, words }) {
      if (!backup || backup.claim !== undefined || surroundings.backups) return;
      const path = ['synapse', 'media', 'backup'];
      yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: 'there is no bucket: platform.backups is false', fix: 'describe platform.backups, or name a claim of your own here' };
    }),
  },
  {
    id: 'scale-upside-down',
    severity: 'error',
    what: 'The most copies are more than the fewest.',
    why: 'The API server refuses a HorizontalPodAutoscaler with fewer at most than at least.',
    fix: 'Raise `max`, or write the number alone.',
    check: each(function* ({ model, words }) {
      for (const component of ['mas', 'elementWeb', 'elementAdmin', 'haproxy'] as const) {
        const own = model[component];
        if (!own || !own.scale || own.scale.max > own.replicas) continue;
        const path = [component, 'replicas', 'max'];
        yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: `${own.scale.max} at most is not more than ${own.replicas} at least`, fix: 'raise it, or write the number alone' };
      }
    }),
  },
  {
    id: 'provider-twice',
    severity: 'error',
    what: 'Every identity provider of a homeserver has an id of its own.',
    why: 'Accounts are linked to the id, and there is one secret for each (Synapse, `idp_id`; MAS, `upstream_oauth2.providers`).',
    fix: 'Give each another id.',
    check: each(function* ({ model: { identityProviders }, words }) {
      for (const [index, { id }] of identityProviders.entries()) {
        if (identityProviders.findIndex((other) => other.id === id) === index) continue;
        const path = ['identityProviders', index, 'id'];
        yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: `${id} is taken by identityProviders[${identityProviders.findIndex((other) => other.id === id)}]`, fix: 'give it another' };
      }
    }),
  },
  {
    id: 'nobody-logs-in',
    severity: 'error',
    what: 'Where no password opens an account, an identity provider does.',
    why: 'There would be no way to log in at all.',
    fix: 'Name one in `identityProviders`, or take `passwordLogin` away.',
    check: each(function* ({ model: { identityProviders, passwordLogin }, words }) {
      if (passwordLogin || identityProviders.length > 0) return;
      yield { ...placeOf(words, ['passwordLogin']) ?? placeIn(words[0], ['passwordLogin']), message: 'leaves no way to log in', fix: 'name a provider in identityProviders, or take it away' };
    }),
  },
  {
    id: 'load-balancer-unused',
    severity: 'error',
    what: 'Words for a load balancer of calls are for one that is there.',
    why: 'Nothing would read them.',
    fix: 'Choose LoadBalancer as `rtc.exposure`, or take `rtc.loadBalancer` away.',
    check: each(function* ({ model: { rtc }, words }) {
      const place = placeOf(words, ['rtc', 'loadBalancer']);
      if (rtc && rtc.exposure !== 'LoadBalancer' && place) yield { ...place, message: `there is none with rtc.exposure ${rtc.exposure}`, fix: 'choose LoadBalancer, or take it away' };
    }),
  },
  {
    id: 'media-twice',
    severity: 'error',
    what: 'Uploaded files are on an NFS server or on a volume of a storage class, not both.',
    why: 'A claim of a class would never bind to the volume of the server (Kubernetes, PersistentVolume).',
    fix: 'Take one of the two away.',
    check: each(function* ({ model: { synapse: { media } }, words }) {
      const place = placeOf(words, ['synapse', 'media', 'storageClass']);
      if (media.nfs && place) yield { ...place, message: 'the files are on the NFS server of synapse.media.nfs', fix: 'take one of the two away' };
    }),
  },
  {
    id: 'renewal-too-early',
    severity: 'error',
    what: 'A certificate is renewed before its end, and after its beginning.',
    why: 'Cert-manager refuses a time that is not shorter than the whole (Certificate, `renewBefore`).',
    fix: 'Make `certificates.renewBefore` shorter than `certificates.duration`.',
    check: each(function* ({ model: { validity: { duration = `${90 * 24}h`, renewBefore } }, words }) {
      if (renewBefore === undefined || parseInt(renewBefore, 10) < parseInt(duration, 10)) return;
      const path = ['certificates', 'renewBefore'];
      yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: `${renewBefore} is all of the certificate's time, ${duration}`, fix: 'make it shorter' };
    }),
  },
  {
    id: 'duration-ignored',
    severity: 'warning',
    what: 'No certificate is asked to be valid for longer than its issuer gives.',
    why: 'Let\'s Encrypt gives 90 days at most, whatever is asked (RFC 8555 leaves it to the server); a reader would believe the larger number.',
    fix: 'Take `certificates.duration` away.',
    check: each(function* ({ model: { validity: { duration } }, words }) {
      if (duration === undefined || parseInt(duration, 10) <= 90 * 24) return;
      const path = ['certificates', 'duration'];
      yield { ...placeOf(words, path) ?? placeIn(words[0], path), message: `${duration} is more than the 90 days that Let's Encrypt gives`, fix: 'take it away' };
    }),
  },
  {
    id: 'chart-vulnerable',
    severity: 'warning',
    what: 'The chart is at least 26.7.2.',
    why: 'Its Synapse closes six holes of high severity (release 26.7.2 of the chart, Synapse 1.157.2).',
    fix: 'Choose 26.7.2 or newer as `chartVersion`.',
    check: each(function* ({ model: { chartVersion }, words }) {
      if (has(chartVersion, '26.7.2')) return;
      yield { ...placeOf(words, ['chartVersion']) ?? placeIn(words[0], ['chartVersion']), message: `${chartVersion} has known holes in Synapse`, fix: 'choose 26.7.2 or newer' };
    }),
  },
];
