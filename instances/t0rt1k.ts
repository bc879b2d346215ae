import { homeserver } from '../lib';

// The busiest: 582 MiB in the old cluster. A move of accounts to MAS has failed there, so they come as Synapse's and move here.
export default homeserver({
  name: 't0rt1k',
  serverName: 't0rt1k.tech',
  origin: { restoredFrom: 'matrix-chart' },
  rtc: { tcp: 30013, udp: 30014 },
  hookshot: true,
  mas: { syn2mas: 'prepare' },
  synapse: {
    resources: { requests: { memory: '640Mi' }, limits: { memory: '2Gi' } },
  },
});
