/**
 * How a Secret reaches the cluster. `bootstrap`: an admin's run of `secrets.sh` makes it there. `sealed`: it stands in git, encrypted
 * for the cluster's controller. `external`: an operator reads it from a store. `vault-plugin`: Argo CD puts it into a placeholder.
 */
export type SecretWay = 'bootstrap' | 'sealed' | 'external' | 'vault-plugin';
