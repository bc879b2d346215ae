import { homeserver } from '../../../lib';

// From the old cluster, under the name that its users are known by: the server name is Synapse's host, too.
export default homeserver({
  name: 'otc',
  serverName: 'matrix.otc-service.com',
  origin: { restoredFrom: 'matrix-chart' },
  synapse: {
    host: 'matrix.otc-service.com',
    media: { size: '200Gi', nfs: { server: '192.168.171.186', path: '/matrix', mountOptions: ['vers=3', 'nolock'] } },
  },
  // Synapse asks Zitadel itself, and keeps the passwords that it has. Who may log in at all is said in Zitadel.
  mas: false,
  identityProviders: [{ id: 'zitadel', name: 'OTC', issuer: 'https://auth.otc-service.com', clientId: '301188764123456789@element', existingUsers: true }],
  elementWeb: { host: 'element.otc-service.com' },
  elementCall: { host: 'call.otc-service.com' },
  // The security group lets no UDP through. The load balancer is the ingress controller's, by its id.
  rtc: {
    host: 'matrixrtc.otc-service.com',
    tcp: 30881,
    udp: false,
    exposure: 'LoadBalancer',
    publicIp: '80.158.58.167',
    loadBalancer: { annotations: { 'kubernetes.io/elb.class': 'union', 'kubernetes.io/elb.id': '510d12e5-a578-46e5-acb0-32bc0ffcb04c' } },
  },
  companions: { maubot: { host: 'bots.otc-service.com' } },
});
