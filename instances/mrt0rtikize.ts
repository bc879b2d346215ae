import { homeserver } from '../lib';

// The first to move: it lived on the ESS chart at home, so its whole generated Secret comes along.
export default homeserver({
  name: 'mrt0rtikize',
  serverName: 'mrt0rtikize.ru',
  origin: { restoredFrom: 'ess' },
  rtc: { tcp: 30011, udp: 30012 },
  hookshot: true,
});
