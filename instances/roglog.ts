import { homeserver } from '../lib';

export default homeserver({
  name: 'roglog',
  serverName: 'roglog.space',
  origin: { restoredFrom: 'matrix-chart' },
  rtc: { tcp: 30015, udp: 30016 },
  hookshot: true,
});
