import { resources } from '../cluster/resources';
import type { HomeserverDefaults, HomeserverOptions } from './options';

/** What a profile says for options that nobody else does. */
export const profiles: Readonly<Record<NonNullable<HomeserverOptions['profile']>, HomeserverDefaults>> = {
  development: {
    issuer: 'staging',
    synapse: { resources: resources('50m', '192Mi', '512Mi'), media: { size: '2Gi' }, expectedDatabaseSize: '1Gi' },
    mas: { resources: resources('20m', '64Mi', '256Mi') },
    haproxy: { resources: resources('10m', '48Mi', '128Mi') },
  },
  test: { issuer: 'staging' },
  production: { mas: { replicas: 2 }, elementWeb: { replicas: 2 }, haproxy: { replicas: 2 } },
};
