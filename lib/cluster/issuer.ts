/** Let's Encrypt: `staging` issues certificates that browsers refuse, without the limits of `production`. */
export type Issuer = 'production' | 'staging';

/** Names of the ClusterIssuers. */
export const issuers = { production: 'letsencrypt-production', staging: 'letsencrypt-staging' } as const satisfies Record<Issuer, string>;
