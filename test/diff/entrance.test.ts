import { expect, it } from 'vitest';
import { entranceOf } from '../../lib/diff/meanings/entrance';
import { essEntrance } from '../../lib/diff/meanings/ess-values';

it('is called as admins call it', () => {
  expect([entranceOf('traefik'), entranceOf('nginx'), entranceOf('edge'), entranceOf(undefined)]).toEqual(['Traefik', 'ingress-nginx', 'the ingress controller edge', 'the ingress controller']);
});

it('of a homeserver is what its values say, or a proxy', () => {
  const application = (ingress: object) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'matrix-a' }, spec: { source: { helm: { valuesObject: { ingress } } } } });
  expect([essEntrance(application({ className: 'nginx' })), essEntrance(application({}))]).toEqual(['ingress-nginx', 'the proxy']);
});
