import { expect, it } from 'vitest';
import { syncWave } from '../../lib/gitops/stage';

const wave = (stage: Parameters<typeof syncWave>[0]) => Number(syncWave(stage)['argocd.argoproj.io/sync-wave']);

it('waves follow the order of booting, all before what has no wave', () => {
  const waves = (['projects', 'foundation', 'definitions', 'operators', 'configuration', 'data', 'workloads', 'adoption'] as const).map(wave);
  expect(waves).toEqual([...waves].sort((a, b) => a - b));
  expect(new Set(waves).size).toBe(waves.length);
  expect(Math.max(...waves)).toBeLessThan(0);
});
