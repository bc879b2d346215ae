import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSealed } from '../../lib/source/sealed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

describe('the files under sealed/', () => {
  it('are none where there is no folder', () => {
    expect(loadSealed(folder)).toEqual({ sealed: [], findings: [] });
  });

  it('are read in the order of their names, the certificate left out', () => {
    write('sealed/certificate.pem', 'x');
    write('sealed/matrix-demo/b.yaml', 'kind: B');
    write('sealed/cnpg/a.yaml', 'kind: A');
    expect(loadSealed(folder)).toEqual({ sealed: [{ file: 'sealed/cnpg/a.yaml', value: { kind: 'A' } }, { file: 'sealed/matrix-demo/b.yaml', value: { kind: 'B' } }], findings: [] });
  });

  it('are told where they are no YAML, and hide no other', () => {
    write('sealed/cnpg/a.yaml', '<<<<<<< HEAD\nkind: A\n=======\n');
    write('sealed/cnpg/b.yaml', 'kind: B');
    const { sealed, findings } = loadSealed(folder);
    expect(sealed).toHaveLength(1);
    expect(findings).toMatchObject([{ rule: 'sealed-not-readable', severity: 'error', file: 'sealed/cnpg/a.yaml' }]);
  });
});
