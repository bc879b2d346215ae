import { describe, expect, it } from 'vitest';
import { hostProblem } from '../../lib/checks/host-name';

describe('a host name', () => {
  it.each(['example.org', 'a-b.c1.example.org', '1st.example.org', 'xn--e1afmkfd.xn--p1ai', `${'a'.repeat(63)}.org`])('%s is one', (host) => {
    expect(hostProblem(host)).toBeUndefined();
  });

  it.each([
    ['', 'it is empty', undefined],
    ['https://example.org/x', 'it is a URL', 'example.org'],
    ['example.org:8448', 'it has a port', 'example.org'],
    ['example.org/matrix', 'it has a path', 'example.org'],
    ['10.0.0.1', 'it is an IP address', undefined],
    ['::1', 'it is an IP address', undefined],
    ['Example.Org', 'it has capitals', 'example.org'],
    ['example.org.', 'it ends with a dot', 'example.org'],
    ['a..b', 'it has an empty label', undefined],
    [' example.org', 'it has a space', 'example.org'],
    ['localhost', 'it has no domain', undefined],
    ['my_host.example.org', '"my_host" is more than letters, digits and inner hyphens', undefined],
    ['-a.example.org', '"-a" is more than letters, digits and inner hyphens', undefined],
    ['bücher.example', 'it is not in its ASCII form', 'xn--bcher-kva.example'],
    ['a.123', 'its last label is a number', undefined],
    [`${'a.'.repeat(130)}org`, 'it has 263 characters, 253 at most are allowed', undefined],
    [`${'a'.repeat(64)}.org`, 'aaaaaaaaaaaa… has 64 characters, 63 at most are allowed between two dots', undefined],
  ])('%j is none', (text, reason, meant) => {
    const problem = hostProblem(text);
    expect(problem?.message.endsWith(`is no host name: ${reason}`)).toBe(true);
    expect(problem?.fix).toBe(meant === undefined ? 'write a host name such as matrix.example.org' : `did you mean ${meant}?`);
  });
});
