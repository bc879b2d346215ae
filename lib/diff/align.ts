/** A member of one or both of two lists, by its index in each. With both, the members are equal. */
export interface Aligned {
  readonly before?: number;
  readonly after?: number;
}

/** More cells than this are not worth their time: what lies between the equal beginnings and ends then counts as replaced. */
const LARGEST_TABLE = 4_000_000;

/** Two lists side by side, by a longest common subsequence: what goes stands before what comes in its place. */
export function align(before: readonly string[], after: readonly string[]): readonly Aligned[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const [rows, columns] = [before.length - start - end, after.length - start - end];

  // lengths[i][j]: of the longest common subsequence of what follows row i and column j.
  const width = columns + 1;
  const lengths = rows * columns > LARGEST_TABLE ? undefined : new Uint32Array((rows + 1) * width);
  if (lengths) {
    for (let i = rows - 1; i >= 0; i--) {
      for (let j = columns - 1; j >= 0; j--) {
        lengths[i * width + j] = before[start + i] === after[start + j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
      }
    }
  }

  const aligned: Aligned[] = Array.from({ length: start }, (_, index) => ({ before: index, after: index }));
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    if (lengths && i < rows && j < columns && before[start + i] === after[start + j]) aligned.push({ before: start + i++, after: start + j++ });
    else if (i < rows && (j === columns || !lengths || lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) aligned.push({ before: start + i++ });
    else aligned.push({ after: start + j++ });
  }
  for (let index = 0; index < end; index++) aligned.push({ before: before.length - end + index, after: after.length - end + index });
  return aligned;
}
