import { expect, it } from 'vitest';
import { proxiedService, proxyPeers } from '../../lib/cluster/proxy';

const props = { name: 'proxy-x', namespace: 'x', selector: { app: 'x' }, port: 8080, nodePort: 30100 };

it('keeps the proxy\'s address where a policy is to know it', () => {
  expect(proxiedService({ address: '172.18.0.1', from: '172.18.0.0/16' }, props).spec).toMatchObject({ type: 'NodePort', externalTrafficPolicy: 'Local' });
  expect(proxyPeers({ address: '172.18.0.1', from: '172.18.0.0/16' })).toEqual({ from: [{ ipBlock: { cidr: '172.18.0.0/16' } }] });
});

it('opens one port, the one that is named', () => {
  expect(proxiedService({ address: '172.18.0.1' }, props).spec).toEqual({ type: 'NodePort', selector: { app: 'x' }, ports: [{ name: 'http', port: 8080, targetPort: 8080, nodePort: 30100 }] });
});
