import { homeserver } from '../../../lib';

// Where a new chart version or an option is tried first.
export default homeserver({
  name: 'trial',
  serverName: 'trial.example.org',
  profile: 'development',
  rtc: { tcp: 30013, udp: 30014, dynamicAddress: { everyMinutes: 15 } },
  synapse: { media: { backup: false } },
  quota: { cpu: '2', memory: '7Gi' },
});
