/** The way to a value inside plain data: map keys and list indices, from the outside in. */
export type Path = readonly (string | number)[];

/** A path as a user reads it: `rtc.tcp`, `cluster.nodes[0].memory`, `labels["example.org/a"]`. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[\w$-]+$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** The path that a JSON pointer, such as ajv's `instancePath`, means in the given value: a number only where the value has a list. */
export function pointerPath(pointer: string, value: unknown): Path {
  let here = value;
  return pointer.split('/').slice(1).map((part) => {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(here) ? Number(key) : key;
    here = valueAt(here, [step]);
    return step;
  });
}

/** What stands at a path, or undefined where nothing does, or where reading it throws: a user's words may hold getters. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  try {
    for (const step of path) {
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
      here = (here as Record<string | number, unknown>)[step];
    }
  } catch {
    return undefined;
  }
  return here;
}

/** The list at a path; an empty one where none stands. */
export function listAt(value: unknown, path: Path): readonly unknown[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list : [];
}

/** Whether a path names something, be it null. */
export function hasPath(value: unknown, path: Path): boolean {
  return path.length === 0 ? value !== undefined : valueAt(value, path) !== undefined;
}
