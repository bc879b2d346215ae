import { homeserver } from '../../../lib';

// For the family and who they invite.
export default homeserver({
  name: 'home',
  serverName: 'example.org',
  registration: 'token',
  rtc: { tcp: 30011, udp: 30012, dynamicAddress: true },
  synapse: { media: { size: '50Gi' } },
  elementWeb: { replicas: { max: 3 } },
  haproxy: { replicas: { max: 2, cpu: 70 } },
  quota: { cpu: '3', memory: '9Gi' },
});
