import { homeserver } from '../lib';

export default homeserver({
  name: 'uretra',
  serverName: 'uretra.space',
  origin: { restoredFrom: 'matrix-chart' },
  rtc: { tcp: 30017, udp: 30018 },
  hookshot: true,
});
