const syntax = /^([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?[0-9]+))?$/;

const binary: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 };
const decimal: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };

/**
 * A quantity of Kubernetes as a number: `100m` is 0.1, `1Gi` is 1073741824 (k8s.io/apimachinery, resource.ParseQuantity).
 * @returns undefined for what is no quantity
 */
export function parseQuantity(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return Number.isFinite(quantity) ? quantity : undefined;
  if (typeof quantity !== 'string') return undefined;
  let number = parsed.get(quantity);
  if (number === undefined) parsed.set(quantity, number = parse(quantity));
  return number;
}

/** What was read before: a fleet has few quantities, and each of them a thousand times. */
const parsed = new Map<string, number | undefined>();

function parse(quantity: string): number | undefined {
  const match = syntax.exec(quantity);
  if (match === null) return undefined;
  const [, number, binarySuffix, decimalSuffix, exponent] = match;
  const factor = binarySuffix !== undefined ? binary[binarySuffix]! : decimalSuffix !== undefined ? decimal[decimalSuffix]! : 10 ** Number(exponent ?? 0);
  return Number(number) * factor;
}
