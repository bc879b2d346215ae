/**
 * Who takes requests to a name: `Traefik`. The name need not lead to an address of its own, where a router or a server is in front.
 * @param className of the Ingress; absent: nobody's in particular
 * @param otherwise who it is then
 */
export function entranceOf(className: unknown, otherwise = 'the ingress controller'): string {
  if (typeof className !== 'string') return otherwise;
  return className === 'traefik' ? 'Traefik' : className === 'nginx' ? 'ingress-nginx' : `the ingress controller ${className}`;
}
