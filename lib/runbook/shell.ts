import { databaseFunctions } from './places';
import { keyFunctions } from './keys';
import { mediaFunctions } from './media';
import { origins } from './origin';
import type { Step } from './step';
import type { Subject } from './subject';

/** What writes to the databases here, and not the pod by which the runbook asks them: only the chart's pods say what they are an instance of. */
const writing = `--selector 'app.kubernetes.io/instance,app.kubernetes.io/component in (matrix-server, matrix-authentication)' --field-selector status.phase=Running`;

/** Waits until all of that has gone. */
export const untilStopped = `new wait --for=delete pod ${writing} --timeout=10m`;

/** What every other step is run in: names, and how both sides are reached. */
export function openShell({ name, names: { release, mediaClaim }, origin, databases, place, argocd, pull }: Subject): Step {
  const old = origin === 'fresh' ? undefined : origins[origin.restoredFrom];
  const contexts = [
    `: "\${NEW:?set it to the kubectl context of this fleet}"`,
    ...old ? [`: "\${OLD:?set it to the kubectl context of the old cluster}" "\${OLD_NAMESPACE:=${release}}" "\${OLD_RELEASE:=${release}}"`] : [],
    ...(old?.variables ?? []).map(([variable, byDefault, what]) => `: "\${${variable}:=${byDefault}}" # ${what}`),
  ];
  return {
    id: 'open-shell',
    text: `Open bash in an empty folder that only you can read, and give it these names; everything below is run there; after a break, run it again. ${old
      ? '`OLD` and `NEW` are the kubectl contexts of the old cluster and of this one, which may be the same; where the old namespace, release or anything else of the old server is called otherwise than here, set that variable before.'
      : '`NEW` is the kubectl context of this cluster.'} \`FLEET\` is the folder of this fleet.`,
    shell: [
      ...contexts,
      ': "${FLEET:?set it to the folder of this fleet}"',
      'set -o pipefail',
      'umask 077',
      `new() { kubectl --context "$NEW" --namespace ${release} "$@"; }`,
      ...old ? ['old() { kubectl --context "$OLD" --namespace "$OLD_NAMESPACE" "$@"; }'] : [],
      ...databaseFunctions(place, release, databases),
      `application() { new --namespace ${argocd} get application ${release} --output "jsonpath={$1}"; }`,
      ...old ? [old.databases, old.processes, keyFunctions, mediaFunctions(mediaClaim, pull)] : [],
      `sql() { # PLACE, e.g. new_synapse; statements on standard input
  "$1" psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1
}
expect() { # WHAT IS MUST
  if [ "$2" = "$3" ]; then printf 'right  %s\\n' "$1"; else printf 'WRONG  %s: %s, and not %s\\n' "$1" "\${2:-nothing}" "$3"; return 1; fi
}
nothing_runs() { # here, on these databases
  local pods
  pods=$(new get pods ${writing} --output name) && expect 'what runs here' "$pods" ''
}`,
      `printf 'ready for ${name}\\n'`,
    ].join('\n'),
  };
}
