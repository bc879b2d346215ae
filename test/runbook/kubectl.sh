#!/usr/bin/env bash
# Stands for kubectl in the tests of runbooks. `exec` runs the inner command here, against the PostgreSQL and the volume of the context;
# all else answers from files under $WORLD, and is written down.
set -u
context='' words=()
printf '%s\n' "$*" >>"$WORLD/calls"
while [ $# -gt 0 ]; do
  case $1 in
    --context) context=$2; shift 2 ;;
    --namespace) shift 2 ;;
    --) break ;;
    *) words+=("$1"); shift ;;
  esac
done
side=$WORLD/$context
request=" ${words[*]} "
case $request in
  ' exec '*)
    shift
    arguments=()
    for argument; do
      case $argument in /media*) argument=$side$argument ;; --directory=/*) argument=--directory=$side${argument#*=} ;; esac
      arguments+=("$argument")
    done
    export PGHOST=$side PGUSER=postgres
    for word in "${words[@]}"; do
      # What the container of a pod knows.
      if [ -f "$side/$word.env" ]; then set -a; . "$side/$word.env"; set +a; fi
    done
    exec "${arguments[@]}" ;;
  *' create '*) cat >"$(mktemp "$side/created.XXXXXX")" ;;
  ' get secret '*jsonpath=*)
    key=${request##*jsonpath=\{.data.} key=${key%\} } key=${key//\\/}
    if [ -f "$side/secrets/${words[2]}/$key" ]; then openssl base64 -A <"$side/secrets/${words[2]}/$key"; fi ;;
  ' get application '*'jsonpath={.'*'} ')
    field=${request##*jsonpath=\{.} field=$side/application/${field%\} }
    if [ -f "$field" ]; then cat "$field"; fi ;;
  ' patch application '*)
    # The controller: the order is carried out, and the chart's jobs do their work.
    printf later >"$side/application/status.operationState.startedAt"
    printf Succeeded >"$side/application/status.operationState.phase"
    if [ -f "$side/on-sync" ]; then PGHOST=$side PGUSER=postgres bash "$side/on-sync"; fi ;;
  ' get pod '*nodeName*) printf 'node-1' ;;
  ' get pod '*) printf 'pod/shared-pg-2\n' ;;
  *' get '*|' get '*)
    for answer in "$side"/answers/*; do
      case $request in *" $(basename "$answer" | tr : ' ') "*) cat "$answer"; exit ;; esac
    done ;;
  *) ;; # scale, wait, delete, patch
esac
