import { homeserver } from '../../../lib';

// Where changes are tried first. Here accounts are MAS's, and Zitadel is what MAS asks.
export default homeserver({
  name: 'eco',
  serverName: 'eco.tsi-dev.otc-service.com',
  synapse: { media: { size: '20Gi', nfs: { server: '192.168.171.186', path: '/matrix-eco', mountOptions: ['vers=3', 'nolock'] } } },
  identityProviders: [{ id: 'zitadel', name: 'OTC', issuer: 'https://auth.otc-service.com', clientId: '301188764987654321@element-eco' }],
  passwordLogin: false,
  elementCall: true,
  rtc: {
    tcp: 30882,
    udp: false,
    exposure: 'LoadBalancer',
    publicIp: '80.158.58.167',
    loadBalancer: { annotations: { 'kubernetes.io/elb.class': 'union', 'kubernetes.io/elb.id': '510d12e5-a578-46e5-acb0-32bc0ffcb04c' } },
  },
});
