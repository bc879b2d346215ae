import type { Dashboard } from './dashboard';

const chosen = 'namespace=~"$namespace"';
const lines = (title: string, metric: string) => ({ title, as: 'lines', unit: 'short', expr: `sum by (namespace) (${metric}{${chosen}})`, legend: '{{namespace}}' }) as const;

export const livekitDashboard: Dashboard = {
  name: 'livekit',
  title: 'Calls',
  choiceOf: 'livekit_room_total',
  panels: [
    { title: 'Calls now', as: 'number', unit: 'short', expr: `sum(livekit_room_total{${chosen}})`, legend: 'calls' },
    { title: 'Participants now', as: 'number', unit: 'short', expr: `sum(livekit_participant_total{${chosen}})`, legend: 'participants' },
    lines('Calls', 'livekit_room_total'),
    lines('Participants', 'livekit_participant_total'),
    lines('Tracks that are sent', 'livekit_track_published_total'),
    lines('Tracks that are received', 'livekit_track_subscribed_total'),
    { title: 'Attempts to send a track', as: 'lines', unit: 'ops', expr: `sum by (state) (rate(livekit_track_publish_counter{${chosen}}[$__rate_interval]))`, legend: '{{state}}' },
    { title: 'Messages', as: 'lines', unit: 'ops', expr: `sum by (namespace) (rate(livekit_node_messages{${chosen}}[$__rate_interval]))`, legend: '{{namespace}}' },
  ],
};
