import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseYaml } from '../checks/yaml-text';
import type { Finding } from '../finding';
import { type SealedFile, sealedFolder } from '../secrets/sealed';

/** Reads the sealed Secrets of a fleet's folder. One that is no YAML becomes a finding. */
export function loadSealed(folder: string): { readonly sealed: readonly SealedFile[]; readonly findings: readonly Finding[] } {
  const from = join(folder, sealedFolder);
  if (!existsSync(from)) return { sealed: [], findings: [] };
  const sealed: SealedFile[] = [];
  const findings: Finding[] = [];
  const refuse = (file: string, message: string) =>
    findings.push({ rule: 'sealed-not-readable', severity: 'error', file, path: '', message, fix: 'take it from git again, or delete it and run npm run seal' });
  for (const file of yamlFiles(folder, from)) {
    try {
      const parsed = parseYaml(readFileSync(join(folder, file), 'utf8'));
      if ('error' in parsed) refuse(file, parsed.error);
      else sealed.push({ file, value: parsed.value });
    } catch (error) {
      refuse(file, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  return { sealed, findings };
}

function yamlFiles(folder: string, from: string): readonly string[] {
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
