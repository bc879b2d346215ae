#!/usr/bin/env bash
set -euo pipefail

chart=''
chart_repository=''
chart_version=''
release=''
namespace=''
application=''
repository_secret=''
repository=''
branch=''
gitea_namespace=''
gitea_service=''
gitea_port=''
gitea_admin_secret=''

usage="usage: install.sh [--force] [--context CONTEXT]

Installs Argo CD from the chart $chart $chart_version with the values.yaml beside this script, or brings it to that state again.
Run it as often as you like. It needs bash, kubectl and helm 3.14 or newer, and the Secrets that ../secrets.sh makes.

  --force             upgrade even though Argo CD manages itself, to mend one that no longer can
  --context CONTEXT   the kubectl context to use instead of the current one"

stop() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
force='' context=''
while [ $# -gt 0 ]; do
  case $1 in
    --force) force=yes ;;
    --context) context=${2-}; shift; [ -n "$context" ] || stop '--context needs a value (see --help)' ;;
    -h | --help) printf '%s\n' "$usage"; exit ;;
    *) stop "unknown argument $1 (see --help)" ;;
  esac
  shift
done

kube() { kubectl ${context:+--context="$context"} "$@"; }
helm_here() { helm ${context:+--kube-context="$context"} --namespace "$namespace" "$@"; }

for tool in kubectl helm; do
  command -v "$tool" >/dev/null || stop "$tool is not there; install it and run this again"
done
version=$(helm version --template '{{.Version}}')
[[ $version =~ ^v([0-9]+)\.([0-9]+) ]] || stop "helm says that its version is '$version', which is none"
((BASH_REMATCH[1] > 3 || BASH_REMATCH[1] == 3 && BASH_REMATCH[2] >= 14)) || stop "helm $version is too old; 3.14 is needed"
[ -r "$here/values.yaml" ] || stop "cannot read $here/values.yaml"
kube get --raw /version >/dev/null || stop 'the cluster cannot be reached'
[ -n "$(kube get secret "$repository_secret" --namespace "$namespace" --ignore-not-found --output name)" ] ||
  stop "there is no Secret $repository_secret in namespace $namespace, with which Argo CD reads Gitea; run ${here%/*}/secrets.sh first"

if [ -z "$force" ] && [ -n "$(kube get crd applications.argoproj.io --ignore-not-found --output name)" ] &&
  [ -n "$(kube get applications.argoproj.io "$application" --namespace "$namespace" --ignore-not-found --output name)" ]; then
  printf 'Argo CD manages itself by its Application %s: change it by a push. Nothing was done; --force does it anyway.\n' "$application"
  exit
fi

[ -z "$(helm_here list --pending --short --filter "^$release\$")" ] ||
  stop "an earlier helm was cut off; see 'helm history $release -n $namespace', 'helm rollback' or 'helm uninstall' it, run this again"

printf 'Installing %s %s; it may take some minutes.\n' "$chart" "$chart_version"
helm_here upgrade --install "$release" "$chart" --repo "$chart_repository" --version "$chart_version" --values "$here/values.yaml" \
  --wait --timeout 10m >/dev/null ||
  stop "helm failed; mend the reason that it gives above and run this again ('kubectl get pods -n $namespace' shows what does not start)"

cat <<STEPS

Argo CD runs. If the cluster is new, next:
  1. push this repository to Gitea, whose administrator is in the Secret $gitea_admin_secret:
       kubectl get secret $gitea_admin_secret --namespace $gitea_namespace --output \\
         go-template='{{.data.username | base64decode}} {{.data.password | base64decode}}{{"\\n"}}'
       kubectl port-forward --namespace $gitea_namespace service/$gitea_service $gitea_port:$gitea_port &
       git push http://localhost:$gitea_port/$repository.git HEAD:$branch
  2. let Argo CD deploy what it reads there:
       kubectl apply --filename ${here%/*/*}/argocd/app-of-apps.yaml
  3. watch it:
       kubectl get applications --namespace $namespace --watch
  4. log in to it as admin, with the password that it made:
       kubectl get secret argocd-initial-admin-secret --namespace $namespace --output \\
         go-template='{{.data.password | base64decode}}{{"\\n"}}'
STEPS
