import type { Alert } from './alert';

const expiration = 'certmanager_certificate_expiration_timestamp_seconds';
const describe = 'kubectl -n {{ $labels.exported_namespace }} describe certificate {{ $labels.name }}';

export const certificateAlerts: readonly Alert[] = [
  {
    name: 'CertificateExpiring',
    // A certificate that never was issued has the time 0.
    expr: `${expiration} > 0 and ${expiration} - time() < 10 * 86400`,
    for: '1h',
    severity: 'critical',
    summary: 'The certificate {{ $labels.name }} of {{ $labels.exported_namespace }} expires within ten days',
    description: `It should have been renewed long ago. Look at ${describe}; most often its host does not point at this cluster any more.`,
  },
  {
    name: 'CertificateNotReady',
    expr: 'certmanager_certificate_ready_status{condition!="True"} == 1',
    for: '1h',
    severity: 'warning',
    summary: 'The certificate {{ $labels.name }} of {{ $labels.exported_namespace }} is not ready',
    description: `Browsers and other homeservers refuse its hosts. Look at ${describe}, then at its challenges: every host must point at this cluster, port 80 included.`,
  },
  {
    name: 'IssuerNotReady',
    expr: 'certmanager_clusterissuer_ready_status{condition!="True"} == 1',
    for: '30m',
    severity: 'warning',
    summary: 'The issuer {{ $labels.name }} is not ready',
    description: 'No certificate is issued nor renewed. Look at kubectl describe clusterissuer {{ $labels.name }}: it needs to reach Let\'s Encrypt.',
  },
];
