import { essUser, moverName as pod, moverPod, type Pull } from './mover';
import { origins } from './origin';
import type { Step } from './step';
import type { Subject } from './subject';

/** On the old cluster claim, user, node and image are the shell's; a user is a number, and so stands there without quotes. */
const oldPod = JSON.stringify(moverPod({ volumes: { media: '$1' }, user: '$2', image: '$OLD_IMAGE', node: '$3' })).replaceAll('"$2"', '$2');

/** For the shell: pods that mount a volume of media and wait, and copies from one to the other. */
export function mediaFunctions(mediaClaim: string, pull: Pull): string {
  return `old_mover() { # CLAIM USER NODE; the manifest of a pod
  cat <<END
${oldPod}
END
}
new_mover() { # the manifest of a pod, which runs wherever its volume is made
  cat <<'END'
${JSON.stringify(moverPod({ ...pull, volumes: { media: mediaClaim }, user: essUser }))}
END
}
copy_media() { # SINCE, in seconds of the epoch
  old exec ${pod} -- tar --create --directory=/media --newer-mtime="@$1" media_store |
    new exec --stdin ${pod} -- tar --extract --directory=/media --no-same-owner
}
count_media() { # old or new
  "$1" exec ${pod} -- find /media/media_store -type f -printf '%P %s\\n' | LC_ALL=C sort
}`;
}

/** While the old server runs: almost all of it. Files of the media store never change, so the rest is what is newer. */
export function copyMedia({ origin, names: { mediaClaim } }: Subject): readonly Step[] {
  if (origin === 'fresh') return [];
  const { selector, claim, user } = origins[origin.restoredFrom].synapse;
  return [
    {
      id: 'mount-media',
      text: `Mount both volumes: the old one on the node where Synapse has it, the new one (\`${mediaClaim}\`) wherever its first pod goes.`,
      shell: `node=$(old get pod --selector "${selector}" --output 'jsonpath={.items[*].spec.nodeName}') &&
  old_mover "${claim}" "${user}" "\${node%% *}" | old create --filename - &&
  new_mover | new create --filename - &&
  old wait --for=condition=Ready pod/${pod} --timeout=5m &&
  new wait --for=condition=Ready pod/${pod} --timeout=5m`,
    },
    {
      id: 'copy-media',
      text: 'Copy the media. It takes as long as the network needs; when it breaks off, run it again.',
      shell: `echo $(($(date +%s) - 3600)) >media.since &&
  copy_media 0 && count_media new | wc -l`,
    },
  ];
}

/** Once the old server stands still. */
export function finishMedia(): readonly Step[] {
  return [
    {
      id: 'finish-media',
      text: 'Copy what has come since, and see that no file is missing or cut off.',
      shell: `copy_media "$(cat media.since)" &&
  count_media old >media.old && count_media new >media.new &&
  expect 'files that are missing' "$(LC_ALL=C comm -23 media.old media.new)" ''`,
    },
    releaseMedia(),
  ];
}

/** The volume can be attached to one node: Synapse waits as long as another pod has it. */
export function releaseMedia(): Step {
  return { id: 'release-media', text: 'Let go of both volumes; Synapse could not mount its own on another node.', shell: `old delete pod ${pod} --wait && new delete pod ${pod} --wait` };
}
