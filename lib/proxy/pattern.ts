/** A regular expression, for RE2 and PCRE alike, of paths and all that is below them: `^/a(/|$)`; of several, `^(/a|/b)(/|$)`. */
export function pattern(paths: readonly string[]): string {
  const escaped = paths.map((path) => path.replaceAll('.', '\\.'));
  return `^${escaped.length === 1 ? escaped[0] : `(${escaped.join('|')})`}(/|$)`;
}

/** Whether a route takes all that the ones before it leave. */
export const takesAll = ({ paths }: { readonly paths: readonly string[] }) => paths.includes('/');

/** Seconds that an answer may take: HAProxy in the cluster waits as long for Synapse (ESS chart, haproxy.cfg). */
export const answerSeconds = 180;

/** `http://172.18.0.1:31435`; an IPv6 address in brackets. */
export function upstream(address: string, port: number | undefined): string {
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
