import { homeserver } from '../lib';

// The busiest: 582 MiB in the old cluster, and a move of accounts to MAS that failed there.
export default homeserver({
  name: 't0rt1k',
  serverName: 't0rt1k.tech',
  origin: { restoredFrom: 'matrix-chart' },
  rtc: { tcp: 30013, udp: 30014 },
  hookshot: true,
  synapse: {
    resources: { requests: { memory: '640Mi' }, limits: { memory: '2Gi' } },
  },
});
