import { type Finding, hasErrors } from '../finding';

/** Findings as text: where, what, and what to do, step by step where that takes several; grouped by nothing, sorted by file and path. */
export function findingsText(findings: readonly Finding[]): string {
  const lines = sortFindings(findings).map(({ severity, file, path, message, fix, rule, steps = [] }) =>
    `${severity === 'error' ? 'error  ' : 'warning'}  ${file}: ${path ? `${path}: ` : ''}${message}\n         ${fix} [${rule}]\n${steps.map(stepText).join('')}`);
  return lines.join('');
}

/** Commands stand below their step, one a line. */
const stepText = (step: string, index: number) => `         ${index + 1}. ${step.replaceAll('\n', `\n${' '.repeat(12)}`)}\n`;

/** Findings as data, for editors and workflows, beside whatever else a verb has to say. */
export function findingsJson(findings: readonly Finding[], more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ findings: sortFindings(findings), ...more }, null, 2)}\n`;
}

function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ file, path, message }: Finding) => `${file}\0${path}\0${message}`;
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Whether findings stand in the way: an error always, a warning where warnings count. */
export function isRefused(findings: readonly Finding[], strict: boolean): boolean {
  return strict ? findings.length > 0 : hasErrors(findings);
}
