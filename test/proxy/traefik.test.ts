import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { validatorFor } from '../../imports';
import { traefik } from '../../lib/proxy/traefik';
import { address, foreignHost, hostsBehindProxy } from './example';

interface Router {
  readonly rule: string;
  readonly priority: number;
  readonly service: string;
  readonly middlewares?: readonly string[];
  readonly tls: { readonly certResolver: string };
}

interface Http {
  readonly routers: Readonly<Record<string, Router>>;
  readonly middlewares: Readonly<Record<string, object>>;
  readonly services: Readonly<Record<string, any>>;
}

const hosts = hostsBehindProxy();
const read = (text: string) => (parse(text) as { readonly http: Http }).http;
const http = read(traefik(hosts, address));

/** Where Traefik would send a request: of the routers that fit, the one with the highest priority. */
function target(host: string, path: string): string | undefined {
  const fitting = Object.values(http.routers).filter(({ rule }) => {
    const [, of, regexp] = /^Host\(`([^`]+)`\)(?: && PathRegexp\(`([^`]+)`\))?$/.exec(rule)!;
    return of === host && (regexp === undefined || new RegExp(regexp).test(path));
  });
  const [first] = fitting.sort((a, b) => b.priority - a.priority);
  return first && http.services[first.service].loadBalancer.servers[0].url;
}

it('has a router and a service for every route', () => {
  const routes = hosts.flatMap((one) => one.routes);
  expect(Object.keys(http.routers)).toHaveLength(routes.length);
  expect(Object.keys(http.services)).toEqual(Object.keys(http.routers));
});

it.each([
  ['matrix.example.org', '/_matrix/client/v3/login', 30101],
  ['matrix.example.org', '/_matrix/client/v3/sync', 30100],
  ['matrix.example.org', '/_matrix/hookshot/widgetapi/v1/health', 30108],
  ['matrix.example.org', '/_matrix/hookshot/webhook/1', 30107],
  ['mrtc.example.org', '/sfu/get', 30105],
  ['mrtc.example.org', '/sfu/getx', 30106],
  ['mrtc.example.org', '/rtc', 30106],
  ['example.org', '/.well-known/matrix/client', 30104],
  ['small.org', '/.well-known/matrix/client', 30111],
])('%s%s goes to %i', (host, path, port) => {
  expect(target(host, path)).toBe(`http://${address}:${port}`);
});

it('takes nothing that is nobody\'s', () => {
  expect(target('small.org', '/.well-known/other')).toBeUndefined();
});

it('puts an IPv6 address in brackets', () => {
  expect(traefik(hosts, '2001:db8::1')).toContain('http://[2001:db8::1]:30100');
});

it('asks for certificates by the resolver that the user has', () => {
  const resolvers = (text: string) => [...new Set(Object.values(read(text).routers).map(({ tls }) => tls.certResolver))];
  expect(resolvers(traefik(hosts, address))).toEqual(['letsencrypt']);
  expect(resolvers(traefik(hosts, address, 'by-dns'))).toEqual(['by-dns']);
  expect(traefik(hosts, address, 'by-dns')).toMatch(/^# - the certificate resolver by-dns;/m);
});

it('holds browsers to HTTPS by a middleware that Traefik knows, but not where a host is somebody else\'s beside well-known', () => {
  const validate = validatorFor('traefik.io/v1alpha1', 'Middleware', '1.34')!;
  for (const [name, spec] of Object.entries(http.middlewares)) {
    expect(validate({ apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', metadata: { name }, spec }), JSON.stringify(validate.errors)).toBe(true);
  }
  expect(http.middlewares).toEqual({ 'matrix-fleet-https-only': { headers: { stsSeconds: 15552000 } } });
  for (const { middlewares } of Object.values(http.routers)) expect(middlewares).toEqual(['matrix-fleet-https-only']);
  const foreign = read(traefik([foreignHost], address));
  expect(foreign.middlewares).toBeUndefined();
  expect(Object.values(foreign.routers)[0]!.middlewares).toBeUndefined();
});
