import { runsMas } from '../homeserver/homeserver';
import { homeserverHosts } from '../inventory/hosts';
import { type OpenPorts, portText } from '../inventory/ports';
import { untilStopped } from './shell';
import type { Section, Step } from './step';
import type { Subject } from './subject';

/**
 * Certificates that are there before DNS points here. cert-manager takes a Secret that it finds, if names and issuer agree, and asks for a
 * new one only when it is about to expire: its documentation restores Secrets of a backup by the same means.
 */
export function bringCertificates({ certificates, issuedAhead, issuer }: Subject): readonly Section[] {
  if (issuedAhead || certificates.length === 0) return [];
  return [{
    title: 'Bring the certificates along',
    text: 'Over HTTP-01 nobody gets a certificate for a name that still leads elsewhere, so browsers would be turned away until DNS has changed everywhere.',
    steps: [{
      id: 'bring-certificates',
      text: 'Copy each certificate that the old cluster has, to where cert-manager looks for it here. A host without one gets its own once DNS points here; so does one that expires within a month.',
      shell: `old get ingress --output 'jsonpath={range .items[*].spec.tls[*]}{.secretName}{" "}{.hosts}{"\\n"}{end}' >certificates.old &&
failed='' &&
while read -r host secret; do
  from=$(grep -F "\\"$host\\"" certificates.old | head -n 1 | cut -d ' ' -f 1)
  if [ -z "$from" ]; then printf 'none   %s\\n' "$host"; continue; fi
  new create --filename - <<END || failed="$failed $host"
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata:
  name: $secret
  annotations:
    cert-manager.io/issuer-kind: ClusterIssuer
    cert-manager.io/issuer-name: ${issuer}
    cert-manager.io/issuer-group: cert-manager.io
    cert-manager.io/certificate-name: $secret
data:
  tls.crt: $(old get secret "$from" --output 'jsonpath={.data.tls\\.crt}' </dev/null)
  tls.key: $(old get secret "$from" --output 'jsonpath={.data.tls\\.key}' </dev/null)
END
done <<'HOSTS'
${certificates.map(({ host, secret }) => `${host} ${secret}`).join('\n')}
HOSTS
expect 'hosts that failed' "$failed" ''`,
    }],
  }];
}

/** Each name must lead to the ingress controller of this cluster, or what stands before it pass requests on to this cluster's ports. */
export function pointHere(subject: Subject): Section {
  const { records, proxied, name } = subject;
  if (proxied.length > 0) {
    return {
      title: 'Point the proxy here',
      text: `TLS ends at the proxy, and its certificates stay. Names that do not lead to it yet are pointed there too: ${records.map((one) => `\`${one.name}\``).join(', ')}.`,
      steps: [
        ...letCallsIn(subject),
        { id: 'keep-proxy', text: 'Write down where the proxy passes these hosts on to now, paths of their own included: that is the way back.' },
        {
          id: 'point-proxy',
          text: `Change it, host by host; in Nginx Proxy Manager these are Forward Hostname / IP and Forward Port, and the rest under Advanced: ${targets(subject).join(', ')}. In full, as it is entered there; \`-o nginx\`, \`caddy\` or \`traefik\` in the place of \`npm\` is a file for another proxy:`,
          shell: `npm --prefix "$FLEET" run --silent proxy -- ${name} --output npm`,
        },
      ],
    };
  }
  return {
    title: 'Point DNS here',
    steps: [
      ...letCallsIn(subject),
      {
        id: 'point-dns',
        text: `Change these records, at the name servers of each zone, to the address that \`npm run dns\` names: ${records.map((one) => `\`${one.name}\` (${one.type})`).join(', ')}. SRV records of the server name go.`,
      },
      {
        id: 'watch-dns',
        text: 'Each name leads here, as far as this machine can see.',
        shell: `printf '%s\\n' ${records.map((one) => one.name).join(' ')} | while read -r host; do
  printf '%s %s\\n' "$host" "$(getent ahosts "$host" | cut -d ' ' -f 1 | sort -u | tr '\\n' ' ')"
done`,
      },
    ],
  };
}

/** Calls go past the ingress controller and a proxy, so that nothing else has opened their ports. */
function letCallsIn({ ports, name }: Subject): readonly Step[] {
  if (ports.length === 0) return [];
  const how: Readonly<Partial<Record<OpenPorts['at'], string>>> = {
    'load balancer': 'at its load balancer, whose listeners come by themselves, and in whatever filters before it',
    'the router': `at the router, which forwards them under the same numbers (with \`-o router\`: what to enter)`,
  };
  const list = [...new Set(ports.map(({ at }) => at))].map((at) => `${ports.filter((port) => port.at === at).map((port) => `\`${portText(port)}\``).join(' and ')} ${how[at] ?? 'at the firewall of every node'}`);
  return [{ id: 'let-calls-in', text: `Let calls in, as \`npm run ports -- ${name}\` lists it: ${list.join('; ')}. A port that is shut shows only when somebody calls.` }];
}

/** Where the proxy passes each host on to; paths that go elsewhere are in what the program prints. */
function targets({ proxied, surroundings: { proxy } }: Subject): readonly string[] {
  return proxied.flatMap(({ host, routes }) => routes.map(({ port, service }) => `\`${host}\` (${service}) to \`${proxy!.address}:${port}\``));
}

/** Behind a proxy the certificate is the proxy's. */
const isStaging = ({ proxied, issuer, surroundings }: Subject) => proxied.length === 0 && issuer === surroundings.issuers.staging;

/** A request that fails where nothing answers, or with a certificate that nobody trusts. */
export const get = (subject: Subject, url: string) => `${fetching(subject)} --fail ${url} >/dev/null`;

const fetching = (subject: Subject) => `curl --silent --show-error --max-time 20${isStaging(subject) ? ' --insecure' : ''}`;

/** What every host answers to, by what answers there: health checks, files, and what anybody may ask. */
const answers: Readonly<Record<string, readonly string[]>> = {
  Synapse: ['_matrix/client/versions', '_matrix/federation/v1/version'],
  MAS: ['.well-known/openid-configuration'],
  'Element Web': ['config.json'],
  'Element Admin': [''],
  calls: [''],
  'Element Call': ['config.json'],
  'well-known': ['.well-known/matrix/server', '.well-known/matrix/client'],
};

/** That every name leads to what it is for. */
export function seeHosts(subject: Subject): readonly Step[] {
  const hosts = homeserverHosts(subject).filter(({ service }) => service !== 'MAS' || runsMas(subject));
  return [
    ...subject.certificates.length > 0 ? [{ id: 'see-certificates', text: 'Every certificate is there.', shell: 'new wait --for=condition=Ready certificate --all --timeout=10m' }] : [],
    {
      id: 'see-hosts',
      text: `Every part answers by its own name.${isStaging(subject) ? ' Nothing trusts a certificate of the staging authority, so that nobody looks at it here; browsers warn.' : ''}`,
      shell: hosts
        // Hookshot and Maubot have no page that anybody may ask for: that they answer at all is enough.
        .flatMap(({ host, service }) => answers[service]?.map((path) => get(subject, `https://${host}/${path}`)) ?? [`${fetching(subject)} https://${host}/ >/dev/null`])
        .join(' &&\n  '),
    },
  ];
}

/** What tells a working homeserver from one whose pods merely run. */
export function checkHomeserver(subject: Subject): Section {
  const { serverName, rehearsal, names: { release }, origin } = subject;
  return {
    title: 'See that it works',
    steps: [
      {
        id: 'see-sync',
        text: 'Argo CD has synced it, and nothing restarts.',
        shell: `new get pods &&
  expect 'the state of ${release}' "$(application .status.sync.status) $(application .status.health.status)" 'Synced Healthy'`,
      },
      ...seeHosts(subject),
      ...rehearsal ? [] : [isStaging(subject)
        ? { id: 'see-federation', text: 'Other servers do not trust a certificate of the staging authority: it is alone, and calls fail, until it has `issuer: \'production\'`.' }
        : {
          id: 'see-federation',
          text: `Other servers reach it and know its key: <https://federationtester.matrix.org/?server_name=${serverName}>`,
          shell: `curl --silent --show-error --max-time 20 --fail 'https://federationtester.matrix.org/api/report?server_name=${serverName}' | grep --quiet '"FederationOK": *true' && echo 'right  federation'`,
        }],
      ...origin === 'fresh' ? [firstAccount(subject)] : [],
      {
        id: 'see-people',
        text: origin === 'fresh'
          ? `Log in with that account; make an encrypted room and send a picture${isStaging(subject) ? '' : '; write to somebody on another server and get an answer; call somebody'}.`
          : rehearsal
            ? 'Log in with an account that exists, read an old room and its pictures. Rooms of other servers stand still: it is cut off on purpose. Calls may fail, since the service behind them asks the server that answers for the server name.'
            : 'Log in with an account that exists; read an old encrypted room and its pictures; write to somebody on another server and get an answer; call somebody.',
      },
      { id: 'see-logs', text: 'The logs hold no errors that come again and again.', shell: 'new logs --selector app.kubernetes.io/component=matrix-server --all-containers --since=10m --tail=200 | grep -E \'ERROR|CRITICAL\' || echo \'right  no errors\'' },
    ],
  };
}

/** A new homeserver has none. */
function firstAccount({ names: { release }, mas, synapse, file }: Subject): Step {
  return mas && mas.syn2mas === undefined
    ? { id: 'first-account', text: `The first account, an admin, made by MAS; everybody else as \`registration\` in \`${file}\` says.`, shell: `new exec --stdin --tty deploy/${release}-matrix-authentication-service -- mas-cli manage register-user --admin` }
    : { id: 'first-account', text: `The first account, an admin, made by Synapse at ${synapse.host}.`, shell: `new exec --stdin --tty ${release}-synapse-main-0 --container synapse -- register_new_matrix_user --config /conf/homeserver.yaml --admin http://localhost:8008` };
}

/** Last of all, and once what lives nowhere else has been saved. */
export const forgetOld: readonly Step[] = [
  { id: 'forget-old', text: 'Take the old server away, its last backup excepted. It must not be started again: what others have since heard from the new one would be contradicted.' },
  { id: 'forget-files', text: 'Delete the files in this folder: dumps, keys and certificates.' },
];

/** From the moment when the old server is stopped. */
export function goBack({ file, names: { keySecret }, proxied, secrets }: Subject): Section {
  return {
    title: 'The way back',
    text: 'Free of loss until somebody has written here; afterwards, what was written here since is lost.',
    steps: [
      { id: 'stop-new', text: `Say \`state: 'stopped'\` in \`${file}\`, synthesise, commit and push, and wait until the pods are gone. Never both at once.`, shell: untilStopped },
      proxied.length > 0
        ? { id: 'point-proxy-back', text: 'Have the proxy pass every host on to where it did before, as you wrote it down (in Nginx Proxy Manager: Forward Hostname / IP, Forward Port, Advanced). It holds at once.' }
        : { id: 'point-dns-back', text: 'Point DNS to the old address again.' },
      startOld(),
      secrets === 'bootstrap'
        ? { id: 'begin-anew', text: 'To try again: take the keys away here, so that nothing starts too early; the old server has them. Then empty the databases, take `state` out again, and begin with the first section.', shell: `nothing_runs && new delete secret ${keySecret}` }
        : { id: 'begin-anew', text: 'To try again: leave `state: \'stopped\'`, since the keys come by themselves now and would start it too early; empty the databases, make this runbook anew, and begin with its first section.' },
    ],
  };
}

function startOld(): Step {
  return { id: 'start-old', text: 'Start the old server again. Workers of which there were several are one each now, until its own chart is applied again.', shell: 'old_scale 1' };
}
