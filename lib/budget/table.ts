import type { Level } from './levels';
import { most, type NodeRow, type Report, type Share } from './report';
import { cpuText, memoryText, percentText, words } from './units';

/** Nodes that a table shows; of more, the fullest. */
const shownNodes = 20;

const marks: Readonly<Record<Level, string>> = { fine: '', warning: 'warns', refused: 'REFUSED' };

/** A report as an admin reads it: what there is, node by node, and who takes most. */
export function reportText({ budgets, nodes, consumers }: Report): string {
  const shown = nodes.length > shownNodes ? [...nodes].sort((a, b) => fullness(b) - fullness(a)).slice(0, shownNodes) : nodes;
  return [
    table(
      ['', 'used', 'of', 'free', 'share', 'one more', 'room for', ''],
      budgets.map(({ budget, used, of, free, share, fullestNode, afterOneMore, room, level }) => {
        const { title, text } = words[budget];
        return [
          title,
          text(used),
          of === null ? 'no limit' : text(of),
          // Of limits there is nothing free, but pods that never all reach theirs.
          free === null || (budget === 'memoryLimits' && free < 0) ? '' : text(free),
          of === null ? '' : percentText(share),
          of === null ? '' : percentText(afterOneMore),
          budget === 'certificateNames' || of === null ? '' : room >= most ? `${most} or more` : String(room),
          [marks[level], level !== 'fine' && fullestNode ? fullestNode : ''].filter(Boolean).join(': '),
        ];
      }),
    ),
    'share: of what nodes have, that of the fullest; one more: with another homeserver of default size; room for: as many of them\n' + limitsNote(budgets),
    table(
      ['', 'pods', 'CPU', '', 'memory', '', 'limits', 'volumes'],
      shown.map(({ name, pods, cpu, memory, memoryLimits, volumes }) => [
        name, String(pods), ...ofText(cpu, cpuText), ...ofText(memory, memoryText), percentText(partOf(memoryLimits)), ofText(volumes, String)[0]!,
      ]),
    ),
    ...nodes.length > shown.length ? [`the fullest ${shown.length} of ${nodes.length} nodes\n`] : [],
    table(
      ['takes most', '', 'copies', 'CPU', 'memory', 'limit', 'volumes'],
      consumers.map(({ owner, name, copies, cpu, memory, memoryLimit, volumes }) => [owner, name, String(copies), cpuText(cpu), memoryText(memory), memoryText(memoryLimit), String(volumes)]),
      2,
    ),
  ].join('\n');
}

/** Limits that exceed what there is look like a mistake beside requests. */
function limitsNote(budgets: Report['budgets']): string {
  const limits = budgets.find(({ budget }) => budget === 'memoryLimits');
  return limits === undefined || limits.of === null || limits.used <= limits.of ? '' : `memory limits: what all pods together may take at most, which they hardly ever do at once: a node may promise more than it has, up to ${limits.levels.refuse} %\n`;
}

const partOf = ({ used, of }: Share) => (of === null ? 0 : of > 0 ? used / of : Infinity);

const fullness = ({ cpu, memory, volumes }: NodeRow) => Math.max(partOf(cpu), partOf(memory), partOf(volumes));

function ofText(share: Share, text: (amount: number) => string): [string, string] {
  return share.of === null ? [text(share.used), ''] : [`${text(share.used)} of ${text(share.of)}`, percentText(partOf(share))];
}

/** Columns as wide as their widest word: the first ones to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[], left = 1): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) => {
    const cells = row.map((cell, column) => (column < left || column === 7 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)));
    return `${cells.join('  ').trimEnd()}\n`;
  }).join('');
}
