import { synthesiseSources } from '../../lib/cli/synthesis';
import type { Finding } from '../../lib/finding';
import { merge } from '../../lib/merge';
import { type Fixture, main } from '../fixtures/fixture';

/** Everything that is found in a fleet, as the command finds it. */
export function judge({ main: own, instances, sealed = [] }: Pick<Fixture, 'main' | 'instances' | 'sealed'>): readonly Finding[] {
  return synthesiseSources({
    main: { file: 'main.ts', value: merge(main, own) },
    instances: Object.entries(instances).map(([file, value]) => ({ file, value })),
    sealed,
    findings: [],
  }).findings;
}

/** A finding as the command prints it. */
export function inLine({ file, path, message, fix }: Finding): string {
  return `${file}: ${path ? `${path}: ` : ''}${message}; ${fix}`;
}
