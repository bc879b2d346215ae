import { kubernetesVersions } from '../../imports';
import { pinsOf, untested } from '../platform/versions';
import type { Fault, Rule } from './rule';
import { placeIn, type TracedFleet } from './traced';

function* untestedComponents({ platform: { model, words } }: TracedFleet): Generator<Fault> {
  const { kubernetes } = model.cluster;
  const pins = pinsOf(model);
  for (const name of untested(kubernetes, pins)) {
    // Of what is tested on none of the versions that there are to choose from, there is nothing to be done.
    if (!kubernetesVersions.some((version) => !untested(version, pins).includes(name))) continue;
    const { from, to } = pins[name]!.kubernetes;
    yield { ...placeIn(words[0], ['cluster', 'kubernetes']), message: `${kubernetes} is none of the versions that ${name} is tested on, ${from} to ${to}`, fix: 'upgrade the cluster' };
  }
}

export const componentVersionRules: readonly Rule<TracedFleet>[] = [{
  id: 'component-untested',
  severity: 'warning',
  what: 'Every component is tested by its own project on the cluster\'s version of Kubernetes, if on any that `cluster.kubernetes` may name.',
  why: 'It may work all the same, but nobody has promised it.',
  fix: 'Upgrade the cluster.',
  check: untestedComponents,
}];
