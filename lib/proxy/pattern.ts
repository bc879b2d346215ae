import type { Route } from '../inventory/routes';

/** A regular expression, for RE2 and PCRE alike, of paths and all that is below them: `^/a(/|$)`; of several, `^(/a|/b)(/|$)`. */
export function pattern(paths: readonly string[]): string {
  const escaped = paths.map((path) => path.replaceAll('.', '\\.'));
  return `^${escaped.length === 1 ? escaped[0] : `(${escaped.join('|')})`}(/|$)`;
}

/** Whether a route takes all that the ones before it leave. */
export const takesAll = ({ paths }: { readonly paths: readonly string[] }) => paths.includes('/');

/** The route that has the say of a host, if the host is the fleet's at all: where well-known is alone, the rest may be somebody's web site. */
export function mainRoute(routes: readonly Route[]): Route | undefined {
  return routes.find(takesAll) ?? routes.find(({ service }) => service === 'Synapse');
}

/**
 * Seconds that a browser takes no HTTP of a host for (RFC 6797): half a year. A browser keeps to it for a host as a whole, whatever path it
 * was told at, so it is said of hosts with a main route alone, and never of what is below them.
 */
export const httpsSeconds = 15_552_000;

/** Seconds that an answer may take: HAProxy in the cluster waits as long for Synapse (ESS chart, haproxy.cfg). */
export const answerSeconds = 180;

/** `http://172.18.0.1:31435`; an IPv6 address in brackets. */
export function upstream(address: string, port: number | undefined): string {
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
