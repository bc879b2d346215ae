import type { k8s } from 'cdk8s-plus-30';
import type { Plain } from '../../imports/plain';
import type { Manifest } from '../gitops/manifest';
import { keep } from '../gitops/protect';
import type { Homeserver } from './homeserver';

/** Where uploaded files are kept: a claim, and with NFS the volume that it claims. */
export function mediaObjects(homeserver: Homeserver): readonly Manifest[] {
  return [mediaClaim(homeserver), ...nfsVolume(homeserver)];
}

/** Ours and not the chart's, so that neither a prune nor another release name takes it. It binds when Synapse mounts it. */
function mediaClaim({ names, synapse: { media } }: Homeserver): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: names.mediaClaim, namespace: names.release, annotations: keep },
    spec: {
      accessModes: [media.nfs ? 'ReadWriteMany' : 'ReadWriteOnce'],
      storageClassName: media.storageClass,
      resources: { requests: { storage: media.size } },
      ...media.nfs && { volumeName: names.mediaClaim },
    } satisfies Plain<k8s.PersistentVolumeClaimSpec>,
  };
}

/** A volume that is there before anybody claims it, and for this claim alone. What is on it stays when it goes. */
function nfsVolume({ names, synapse: { media: { nfs, size } } }: Homeserver): Manifest[] {
  if (nfs === undefined) return [];
  const { server, path, mountOptions } = nfs;
  return [{
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: names.mediaClaim, annotations: keep },
    spec: {
      capacity: { storage: size },
      accessModes: ['ReadWriteMany'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      claimRef: { namespace: names.release, name: names.mediaClaim },
      ...mountOptions && { mountOptions: [...mountOptions] },
      nfs: { server, path },
    },
  }];
}
