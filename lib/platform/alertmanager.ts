import type { SecretSpec } from '../secrets/secret';
import { type Monitoring, namespaces } from './platform';

const secret = 'alert-receivers';

/** Where Alertmanager finds a Secret that its values name. */
const file = (key: string) => `/etc/alertmanager/secrets/${secret}/${key}`;

/** What only the admin has of the receivers. */
export function alertSecrets({ alerts: { email, webhook } }: Monitoring): readonly SecretSpec[] {
  if (!email && !webhook) return [];
  return [{
    namespace: namespaces.monitoring,
    name: secret,
    keys: [
      ...email ? [{ key: 'mail-password', supplied: 'ALERTS_MAIL_PASSWORD', what: `password of ${email.user} at the mail server that alerts go by` }] : [],
      ...webhook ? [{ key: 'webhook-url', supplied: 'ALERTS_WEBHOOK_URL', what: 'URL of the webhook that alerts go to' }] : [],
    ],
  }];
}

/** Values of Alertmanager: its configuration with the passwords left to files, which the chart cannot take from a Secret otherwise. */
export function alertmanagerValues({ alerts: { email, webhook } }: Monitoring): Record<string, unknown> {
  if (!email && !webhook) return {};
  return {
    alertmanagerSpec: { secrets: [secret] },
    config: {
      route: {
        receiver: 'admin',
        group_by: ['alertname', 'namespace'],
        group_wait: '30s',
        group_interval: '5m',
        repeat_interval: '12h',
        // Watchdog fires for ever, to show that alerts get through; what only silences others is no news either.
        routes: [{ receiver: 'nobody', matchers: ['alertname =~ "Watchdog|InfoInhibitor"'] }],
      },
      inhibit_rules: [
        { source_matchers: ['severity = critical'], target_matchers: ['severity =~ warning|info'], equal: ['namespace', 'alertname'] },
        { source_matchers: ['alertname = InfoInhibitor'], target_matchers: ['severity = info'], equal: ['namespace'] },
      ],
      receivers: [
        { name: 'nobody' },
        {
          name: 'admin',
          ...email && {
            email_configs: [{
              to: email.to, from: email.from, smarthost: email.server, auth_username: email.user, auth_password_file: file('mail-password'), send_resolved: true,
            }],
          },
          ...webhook && { webhook_configs: [{ url_file: file('webhook-url'), send_resolved: true }] },
        },
      ],
    },
  };
}
