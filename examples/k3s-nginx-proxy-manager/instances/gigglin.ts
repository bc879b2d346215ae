import { homeserver } from '../../../lib';

export default homeserver({
  name: 'gigglin',
  serverName: 'gigglin.tech',
  // The chart's own PostgreSQL, in a pod beside Synapse.
  database: { builtIn: { size: '10Gi' } },
  mas: { host: 'auth.gigglin.tech' },
  elementWeb: { host: 'app.gigglin.tech' },
  rtc: { tcp: 30001, udp: 30002 },
  // Accounts only for who was given a token: "matrix-fleet explain registration" says what else there is.
  registration: 'token',
  // As Nginx Proxy Manager has them by now; from here on they stay.
  nodePorts: {
    synapse: 31435,
    mas: 32534,
    elementWeb: 31056,
    elementAdmin: 31419,
    wellKnown: 32393,
    authoriser: 30880,
    sfu: 30780,
  },
});
