#!/usr/bin/env bash
# The same for every fleet: what a fleet needs stands in the lists beside it.
set -uo pipefail
set +x # not even when started as `bash -x`: values would be printed
umask 077
export LC_ALL=C

usage='usage: secrets.sh [--dry-run] [--only LIST] [--context CONTEXT]

Makes every Secret that the fleet needs and the cluster lacks, as the lists in secrets/ say: platform.list first, then the
others by name. What exists is never overwritten: a Secret that lacks a key gets that key and no other change. Run it as often
as you like. It needs bash, kubectl and openssl; values are written nowhere but into the cluster.

  --dry-run           say what would be made, make nothing
  --only LIST         read secrets/platform.list and secrets/LIST.list alone
  --context CONTEXT   the kubectl context to use instead of the current one

A value that only you have comes from the environment variable that the output names, or from a file: VARIABLE_FILE=path.

exit status: 0 all is there; 1 something is wrong or failed; 2 wrong usage or a mistake in a list, nothing was made;
             3 all is there but what waits for your values'

stop() { printf 'secrets.sh: %s\n' "$*" >&2; exit 2; }
fail() { printf 'secrets.sh: %s\n' "$*" >&2; exit 1; }

dry_run='' only='' context=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --only | --context)
      [ -n "${2-}" ] || stop "$1 needs a value (see --help)"
      if [ "$1" = --only ]; then only=$2; else context=$2; fi
      shift ;;
    -h | --help) printf '%s\n' "$usage"; exit ;;
    *) stop "unknown argument $1 (see --help)" ;;
  esac
  shift
done

# --- The lists ----------------------------------------------------------------------------------------------------------------
# One list is in memory at a time, after the platform's, which the others may copy from. Parallel arrays, for the bash of macOS
# (3.2) has no others. A Secret has: its place NAMESPACE/NAME, a type, labels (JSON), and the version that the cluster holds, if any.
# A key has: the number of its Secret, a name, where its value comes from (how, value, format, need, what; a copy: the number of
# its source), whether it is in the cluster, and its data: base64, as Kubernetes has it; empty as long as it is not known.
secrets=0 keys=0
secret_place=() secret_type=() secret_labels=() secret_version=() secret_skip=()
key_secret=() key_name=() key_how=() key_value=() key_format=() key_need=() key_what=() key_source=() key_there=() key_data=()

dns='[a-z0-9]([-a-z0-9.]*[a-z0-9])?'
is_place="^$dns/$dns\$"
is_key='^[-._A-Za-z0-9]+$'
is_label='^[-._/A-Za-z0-9]+$'
is_variable='^[A-Z][A-Z0-9_]*$'
is_hex64='^[0-9A-Fa-f]{64}$'
is_database_password='^[A-Za-z][A-Za-z0-9_-]{7,}$'
is_signing_key='^ed25519 [A-Za-z0-9_]+ [A-Za-z0-9+/]{43}=?$'
is_url='^https?://[-._:/A-Za-z0-9]+$'

mistakes=0
mistake() { printf '%s:%s: %s\n' "$list" "$line" "$*" >&2; mistakes=$((mistakes + 1)); }

# read_list FILE: adds its Secrets and keys to the arrays
read_list() {
  local list=$1 line=0 word name how value format need what
  local first_secret=$secrets
  while read -r word name how value format need what || [ -n "$word" ]; do
    line=$((line + 1))
    case $word in
      '' | '#'*) ;;
      secret) read_secret ;;
      label | key)
        if [ "$secrets" = "$first_secret" ]; then mistake "a $word before the first secret"
        elif [ "$word" = label ]; then read_label
        else read_key
        fi ;;
      *) mistake "unknown word $word; known are secret, label, key" ;;
    esac
  done <"$list"
}

read_secret() {
  [[ $name =~ $is_place ]] || mistake "$name is not NAMESPACE/NAME"
  case $how in Opaque | kubernetes.io/basic-auth | kubernetes.io/dockerconfigjson) ;; *) mistake "unknown type $how; known are Opaque, kubernetes.io/basic-auth, kubernetes.io/dockerconfigjson" ;; esac
  [ -z "$value" ] || mistake "unexpected $value"
  local other
  for ((other = 0; other < secrets; other++)); do
    [ "${secret_place[other]}" != "$name" ] || mistake "secret $name is there twice"
  done
  secret_place[secrets]=$name secret_type[secrets]=$how secret_labels[secrets]='' secret_version[secrets]='' secret_skip[secrets]=''
  secrets=$((secrets + 1))
}

read_label() {
  { [[ $name =~ $is_label ]] && [[ $how =~ $is_key ]] && [ -z "$value" ]; } || mistake "not a label: $name $how $value"
  local secret=$((secrets - 1))
  secret_labels[secret]=${secret_labels[secret]:+${secret_labels[secret]},}\"$name\":\"$how\"
}

read_key() {
  local secret=$((secrets - 1)) source=''
  [[ $name =~ $is_key ]] || mistake "$name is not a key's name"
  ! find_key "${secret_place[secret]}/$name" || mistake "key $name is there twice"
  case $how in
    literal) [ -n "$value" ] || mistake 'a literal needs its value' ;;
    random)
      case $value in
        password | hex64 | rsa-pem | rsa-der | ecdsa-der | gitea-internal-token | base64url32) ;;
        hookshot-registration) [[ $format =~ $is_url ]] || mistake "hookshot-registration needs a URL, not '$format'" ;;
        *) mistake "unknown kind of random value '$value'" ;;
      esac ;;
    copy)
      if find_key "$value"; then source=${key_source[found]:-$found}
      else mistake "no earlier key $value to copy from"
      fi ;;
    supplied)
      if [[ $value =~ $is_variable ]]; then export -n "${value?}" # no other process needs to know it
      else mistake "'$value' is not a variable's name"
      fi
      case $format in text | hex64 | database-password | signing-key | bytes) ;; *) mistake "unknown format '$format'" ;; esac
      case $need in required | optional) ;; *) mistake "required or optional, not '$need'" ;; esac
      [ -n "$what" ] || mistake 'say what it is' ;;
    *) mistake "unknown word '$how'; known are literal, random, copy, supplied" ;;
  esac
  case $how/$value in
    supplied/*) ;;
    random/hookshot-registration) [ -z "$need" ] || mistake "unexpected $need" ;;
    *) [ -z "$format" ] || mistake "unexpected $format" ;;
  esac
  key_secret[keys]=$secret key_name[keys]=$name key_how[keys]=$how key_value[keys]=$value key_format[keys]=$format
  key_need[keys]=$need key_what[keys]=$what key_source[keys]=$source key_there[keys]='' key_data[keys]=''
  keys=$((keys + 1))
}

# find_key NAMESPACE/NAME/KEY: sets found
find_key() {
  for ((found = 0; found < keys; found++)); do
    [ "${secret_place[key_secret[found]]}/${key_name[found]}" != "$1" ] || return 0
  done
  return 1
}

# --- Values: to base64 at once, and from then on that is what is passed around -------------------------------------------------
encode() { openssl base64 -A; }

alphanumeric() { # 32 of the 64 characters of 48 bytes, + and / left out
  local text
  text=$(openssl rand -base64 48) || return
  text=${text//[!A-Za-z0-9]/}
  printf '%s' "${text:0:32}"
}

base64url() { # 32 bytes
  local text
  text=$(openssl rand -base64 32) || return
  text=${text//+/-} text=${text//\//_}
  printf '%s' "${text%=}"
}

rsa() { openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096 2>/dev/null; }
ecdsa() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -pkeyopt ec_param_enc:named_curve; }
der() { openssl pkcs8 -topk8 -nocrypt -outform DER; }

# Gitea signs its token with a key that it throws away and only ever compares it: 32 random bytes are as good a signature.
gitea_token() {
  local signature
  signature=$(base64url) || return
  printf '%s' "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYmYiOjB9.$signature"
}

hookshot_registration() {
  local as_token hs_token
  as_token=$(alphanumeric) && hs_token=$(alphanumeric) || return
  printf '%s: %s\n' id hookshot url "\"$1\"" as_token "\"$as_token\"" hs_token "\"$hs_token\"" \
    sender_localpart hookshot namespaces '{}' rate_limited false receive_ephemeral true
}

random() { # KIND [URL]
  local text
  case $1 in
    rsa-pem) rsa | encode; return ;;
    rsa-der) rsa | der | encode; return ;;
    ecdsa-der) ecdsa | der | encode; return ;;
    hookshot-registration) hookshot_registration "$2" | encode; return ;;
    password) text=$(alphanumeric) ;;
    hex64) text=$(openssl rand -hex 32) ;;
    base64url32) text=$(base64url) ;;
    gitea-internal-token) text=$(gitea_token) ;;
  esac || return
  printf '%s' "$text" | encode
}

# supplied KEY: sets data, or else missing: what to ask for; neither if it is optional and not given
supplied() {
  local variable=${key_value[$1]} format=${key_format[$1]} text file wrong
  file=${variable}_FILE
  file=${!file-} text=${!variable-}
  if [ -z "$text$file" ]; then
    [ "${key_need[$1]}" = optional ] || missing="$variable: ${key_what[$1]}"
    return
  fi
  if [ -n "$text" ] && [ -n "$file" ]; then missing="$variable: it and ${variable}_FILE are both set"; return; fi
  if [ -n "$file" ] && ! { [ -r "$file" ] && [ ! -d "$file" ]; }; then missing="${variable}_FILE: cannot read $file"; return; fi
  if [ -n "$file" ] && [ "$format" = bytes ]; then
    data=$(encode <"$file")
    [ -n "$data" ] || missing="${variable}_FILE: $file is empty"
    return
  fi
  if [ -n "$file" ]; then text=$(<"$file"); fi
  if wrong=$(objection "$format" "$text"); then missing="$variable: $wrong"; return; fi
  if [ "$format" = signing-key ]; then text=$text$'\n'; fi
  data=$(printf '%s' "$text" | encode)
}

# objection FORMAT TEXT: prints what is wrong with a supplied value; fails if nothing is
objection() {
  local line
  case $1 in
    text)
      case $2 in
        '') echo 'it is empty' ;;
        *[[:cntrl:]]*) echo 'it is more than one line, or has control characters' ;;
        *) return 1 ;;
      esac ;;
    hex64)
      if [[ $2 =~ $is_hex64 ]]; then return 1; fi
      echo 'it is not 64 hexadecimal digits' ;;
    database-password)
      if [[ $2 =~ $is_database_password ]]; then return 1; fi
      echo 'it is not a letter followed by 7 or more letters, digits, _ and -, which is all that Synapse gets through unharmed' ;;
    signing-key)
      case $2 in
        'ed25519 0'*) echo 'a key that begins with "ed25519 0" is a weak one (CVE-2026-24044); sign with a new one'; return ;;
      esac
      while read -r line; do
        if ! [[ $line =~ $is_signing_key ]]; then echo 'a line of it is not "ed25519 VERSION BASE64"'; return; fi
      done < <(printf '%s\n' "$2")
      return 1 ;;
    *) return 1 ;;
  esac
}

# --- The cluster ----------------------------------------------------------------------------------------------------------------
kube() { kubectl ${context:+--context="$context"} "$@"; }

made=0 completed=0 kept=0 waiting=0 wrong=0
made_word=made completed_word=completed
[ -z "$dry_run" ] || made_word=missing completed_word=incomplete
say() { printf '%-10s %s\n' "$@"; }
trouble() { say "$@"; wrong=$((wrong + 1)); }

# give_up SECRET WHY: nothing is done about it
give_up() { trouble wrong "${secret_place[$1]}: $2"; secret_skip[$1]=yes; }

# look SECRET: learns what the cluster has of it, each key's data included
# shellcheck disable=SC2016 # the dollars are the template's
template='{{.metadata.resourceVersion}}={{.type}}{{"\n"}}{{range $key, $data := .data}}{{$key}}={{$data}}{{"\n"}}{{end}}'
look() {
  local place=${secret_place[$1]} reply line name data
  reply=$(kube get secret "${place#*/}" --namespace "${place%/*}" --ignore-not-found --output go-template="$template" </dev/null) ||
    give_up "$1" 'kubectl failed'
  [ -n "$reply" ] || return 0
  while IFS= read -r line; do
    name=${line%%=*} data=${line#*=}
    if [ -z "${secret_version[$1]}" ]; then
      secret_version[$1]=$name
      [ "$data" = "${secret_type[$1]}" ] || give_up "$1" "its type is $data, not ${secret_type[$1]}, and cannot be changed"
    elif find_key "$place/$name"; then
      key_there[found]=yes key_data[found]=$data
    fi
  done < <(printf '%s\n' "$reply")
}

# heal KEY: sets data to that of a copy, if one is left in the cluster
heal() {
  local copy
  for ((copy = $1 + 1; copy < keys; copy++)); do
    if [ "${key_source[copy]}" = "$1" ] && [ -n "${key_there[copy]}" ]; then data=${key_data[copy]}; return; fi
  done
  return 1
}

# value KEY: sets data to the value of a key that the cluster lacks, or else missing: what it waits for
value() {
  local source=${key_source[$1]}
  data='' missing=''
  case ${key_how[$1]} in
    literal) data=$(printf '%s' "${key_value[$1]}" | encode) ;;
    copy)
      data=${key_data[source]}
      [ -n "$data" ] || missing="secret ${secret_place[key_secret[source]]}" ;;
    random)
      if heal "$1"; then return; fi
      if [ -n "$dry_run$waits" ]; then data='(new)'; return; fi # it will not be written
      data=$(random "${key_value[$1]}" "${key_format[$1]}") || data='' ;;
    supplied) heal "$1" || supplied "$1" ;;
  esac
  [ -n "$data$missing" ] || [ "${key_need[$1]}" = optional ] || missing='openssl, which failed' wrong=$((wrong + 1))
}

# agree KEY: is what the cluster has what it must be?
agree() {
  case ${key_how[$1]} in
    literal) [ "${key_data[$1]}" = "$(printf '%s' "${key_value[$1]}" | encode)" ] ;;
    copy) [ "${key_data[$1]}" = "${key_data[key_source[$1]]:-${key_data[$1]}}" ] ;;
  esac
}

# settle SECRET: makes it, or the keys that it lacks, or none of them
settle() {
  local place=${secret_place[$1]} key data missing fields='' names='' waits=''
  [ -z "${secret_skip[$1]}" ] || return
  for ((key = 0; key < keys; key++)); do
    [ "${key_secret[key]}" = "$1" ] || continue
    if [ -n "${key_there[key]}" ]; then
      agree "$key" || trouble wrong "$place: ${key_name[key]} is not ${key_how[key]} ${key_value[key]}; left as it is"
      continue
    fi
    value "$key"
    if [ -n "$missing" ]; then waits=$waits$'\n             '$missing
    elif [ -n "$data" ]; then
      key_data[key]=$data
      fields=${fields:+$fields,}\"${key_name[key]}\":\"$data\" names=${names:+$names, }${key_name[key]}
    fi
  done
  if [ -n "$waits" ]; then say waits "$place for$waits"; waiting=$((waiting + 1)); forget "$1"
  elif [ -n "${secret_version[$1]}" ] && [ -z "$fields" ]; then say kept "$place"; kept=$((kept + 1))
  elif [ -z "$fields" ]; then say optional "$place"
  elif ! write "$1" "$fields"; then trouble wrong "$place: kubectl failed"; forget "$1"
  elif [ -n "${secret_version[$1]}" ]; then say "$completed_word" "$place: $names"; completed=$((completed + 1))
  else say "$made_word" "$place"; made=$((made + 1))
  fi
}

# forget SECRET: the keys that it lacks have no values that others may copy
forget() {
  for ((key = 0; key < keys; key++)); do
    if [ "${key_secret[key]}" = "$1" ] && [ -z "${key_there[key]}" ]; then key_data[key]=''; fi
  done
}

# write SECRET FIELDS: creates it, or adds to the very version that was looked at; what stands in between fails, and is not overwritten
write() {
  local place=${secret_place[$1]}
  local namespace=${place%/*} name=${place#*/}
  if [ -n "$dry_run" ]; then return; fi
  if [ -n "${secret_version[$1]}" ]; then
    printf '{"metadata":{"resourceVersion":"%s"},"data":{%s}}' "${secret_version[$1]}" "$2" |
      kube patch secret "$name" --namespace "$namespace" --type merge --patch-file /dev/stdin >/dev/null
  else
    ensure_namespace "$namespace" &&
      printf '{"apiVersion":"v1","kind":"Secret","metadata":{"namespace":"%s","name":"%s","labels":{%s}},"type":"%s","data":{%s}}' \
        "$namespace" "$name" "${secret_labels[$1]}" "${secret_type[$1]}" "$2" | kube create --filename - >/dev/null
  fi
}

namespaces=' '
ensure_namespace() {
  local there
  case $namespaces in *" $1 "*) return ;; esac
  there=$(kube get namespace "$1" --ignore-not-found --output name </dev/null) || return
  [ -n "$there" ] || kube create namespace "$1" >/dev/null </dev/null || return
  namespaces="$namespaces$1 "
}

# --- All of it ------------------------------------------------------------------------------------------------------------------
folder=${BASH_SOURCE[0]%/*}
[ "$folder" != "${BASH_SOURCE[0]}" ] || folder=.
folder=$folder/secrets

for tool in kubectl openssl; do
  command -v "$tool" >/dev/null || stop "$tool is not there; install it and run this again"
done
for list in platform ${only:+"$only"}; do
  [ -r "$folder/$list.list" ] || stop "cannot read $folder/$list.list"
done

lists=("$folder/platform.list")
for list in "$folder"/${only:-*}.list; do
  [ "$list" = "${lists[0]}" ] || lists+=("$list")
done

# each_list ACTION: reads one list after another, the platform's stays in memory; ACTION gets the number of the list's first Secret
each_list() {
  local list first=0 platform_secrets=0 platform_keys=0
  for list in "${lists[@]}"; do
    secrets=$platform_secrets keys=$platform_keys
    read_list "$list"
    "$1" "$first"
    if [ "$list" = "${lists[0]}" ]; then first=$secrets platform_secrets=$secrets platform_keys=$keys; fi
  done
}

settle_list() {
  local secret
  for ((secret = $1; secret < secrets; secret++)); do look "$secret"; done
  for ((secret = $1; secret < secrets; secret++)); do settle "$secret"; done
}

each_list true
[ "$mistakes" = 0 ] || stop 'nothing was made'
kube get --raw /version >/dev/null </dev/null || fail 'the cluster cannot be reached'
each_list settle_list

printf '%s %s, %s %s, %s kept, %s waiting, %s wrong\n' "$made" "$made_word" "$completed" "$completed_word" "$kept" "$waiting" "$wrong"
[ "$waiting" = 0 ] || printf 'Set what is waited for: VARIABLE=value, or VARIABLE_FILE=path of a file. Then run this again.\n'
[ "$wrong" = 0 ] || exit 1
[ "$waiting" = 0 ] || exit 3
