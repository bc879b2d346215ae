import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** What is wrong with a text that should be a host name, and what to do. */
export interface HostProblem {
  readonly message: string;
  readonly fix: string;
}

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Labels of 63 characters at most, two of them at least, the last of which is no number. */
const hostName = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+(?![0-9]+$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Why a text is no public host name: lower-case DNS syntax (RFC 1123), labels of 63 characters at most, 253 in all, and a
 * domain, without which nobody issues a certificate.
 */
export function hostProblem(text: string): HostProblem | undefined {
  if (text.length <= 253 && hostName.test(text)) return undefined;
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text);
  const meant = meantHost(text);
  return { message: `${shown} is no host name: ${reason(text, text.split('.'))}`, fix: meant === undefined ? 'write a host name such as matrix.example.org' : `did you mean ${meant}?` };
}

function reason(text: string, labels: readonly string[]): string {
  const long = labels.find((one) => one.length > 63);
  if (text === '') return 'it is empty';
  if (/^[a-z]+:\/\//i.test(text)) return 'it is a URL';
  if (isIP(text)) return 'it is an IP address';
  if (/^[^:/]+:[0-9]+$/.test(text)) return 'it has a port';
  if (text.includes('/')) return 'it has a path';
  if (/\s/.test(text)) return 'it has a space';
  if (text.endsWith('.')) return 'it ends with a dot';
  if (labels.includes('')) return 'it has an empty label';
  if (text.length > 253) return `it has ${text.length} characters, 253 at most are allowed`;
  if (long !== undefined) return `${long.slice(0, 12)}… has ${long.length} characters, 63 at most are allowed between two dots`;
  if (/[A-Z]/.test(text)) return 'it has capitals';
  if (labels.length === 1) return 'it has no domain';
  if (/[^\u0020-\u007e]/.test(text)) return 'it is not in its ASCII form';
  const wrong = labels.find((one) => !label.test(one));
  return wrong === undefined ? 'its last label is a number' : `${JSON.stringify(wrong)} is more than letters, digits and inner hyphens`;
}

/** The host name that is hidden in the text, if there is one. */
function meantHost(text: string): string | undefined {
  const bare = text.trim().replace(/^[a-z]+:\/\//i, '').replace(/[/:].*$/, '').replace(/\.$/, '');
  const host = domainToASCII(bare);
  return host !== '' && host !== text && hostProblem(host) === undefined ? host : undefined;
}
