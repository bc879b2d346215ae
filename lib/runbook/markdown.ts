import type { Runbook, Step } from './step';

/** A runbook as Markdown: sections are numbered, steps are boxes to tick. */
export function markdown({ title, text, sections }: Runbook): string {
  const body = sections.flatMap((section, index) => [
    `## ${index + 1}. ${section.title}`,
    ...section.text === undefined ? [] : [section.text],
    ...section.steps.map(step),
  ]);
  return `${[`# ${title}`, text, ...body].join('\n\n')}\n`;
}

/** The block is not indented: what is copied from the file is what bash gets, here-documents included. */
function step({ text, shell }: Step): string {
  return shell === undefined ? `- [ ] ${text}` : `- [ ] ${text}\n\n\`\`\`bash\n${shell}\n\`\`\``;
}
