import { describe, expect, it } from 'vitest';
import { objectsOf, platform } from './example';

const email = { to: 'a@example.org', from: 'f@example.org', server: 'smtp.example.org:587', user: 'u' };
const of = (alerts?: object) => objectsOf(platform({ monitoring: { host: 'grafana.example.org', ...alerts && { alerts } } }));
const alertmanager = (alerts?: object) => of(alerts).values('kube-prometheus-stack').alertmanager;

describe('receivers of alerts', () => {
  it('are none by default, and the chart\'s own configuration stands', () => {
    expect(alertmanager()).not.toHaveProperty('config');
    expect(of().secrets).not.toContain('alert-receivers');
  });

  it('get mails and requests, by what is in files of a Secret', () => {
    const { config, alertmanagerSpec } = alertmanager({ email, webhook: true });
    expect(alertmanagerSpec).toMatchObject({ secrets: ['alert-receivers'], priorityClassName: 'fleet-monitoring' });
    const admin = config.receivers.find(({ name }: any) => name === config.route.receiver);
    expect(admin.email_configs[0]).toMatchObject({ to: 'a@example.org', smarthost: 'smtp.example.org:587', auth_password_file: '/etc/alertmanager/secrets/alert-receivers/mail-password' });
    expect(admin.webhook_configs[0].url_file).toBe('/etc/alertmanager/secrets/alert-receivers/webhook-url');
    expect(config.route.routes[0].receiver).toBe(config.receivers[0].name);
  });

  it('have their secrets from the admin, and only those that are used', () => {
    expect(of({ webhook: true }).secrets).toMatch(/secret monitoring\/alert-receivers Opaque\nkey webhook-url supplied ALERTS_WEBHOOK_URL text required [^\n]*\n(\n|$)/);
    expect(of({ email }).secrets).toContain('key mail-password supplied ALERTS_MAIL_PASSWORD');
  });
});
