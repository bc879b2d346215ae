import { ApiObject, App, Chart } from 'cdk8s';
import { resolveFleet } from '../lib/fleet';
import { emit } from '../lib/gitops/emit';
import { homeserverUnit, platformUnit } from '../lib/units';
import { cluster, options, platform } from './fleet';

/**
 * What plain cdk8s does with the same objects: one App, one Chart a homeserver, `App.synth()` with its default output. It is
 * spared what our own program does besides: no source files, no checks, no files but cdk8s' own.
 */
export function main([size, outdir]: readonly string[]): void {
  const described = Array.from({ length: Number(size) }, (_, n) => ({ file: '', options: options(n) }));
  const fleet = resolveFleet('main.ts', { cluster, platform }, described);
  const app = new App({ outdir: outdir! });
  const units = [['platform', platformUnit(fleet.platform)] as const, ...fleet.homeservers.map((homeserver) => [homeserver.name, homeserverUnit(fleet.platform, homeserver)] as const)];
  for (const [name, unit] of units) {
    const chart = new Chart(app, name);
    emit(unit).documents.forEach(({ manifest }, index) => new ApiObject(chart, String(index), manifest));
  }
  app.synth();
}
