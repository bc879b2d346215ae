import { nearest } from '../checks/suggest';
import { type Image, imagesOf } from '../inventory/images';
import { exit } from './exit';
import { fleetFolder } from './io';
import { model } from './pipeline';
import { findingsJson, findingsText } from './report';
import { table } from './table';
import { fleetOption, outputOption, UsageError, verb } from './verb';

/** The images that homeservers run. */
export const images = verb({
  name: 'images',
  summary: 'the images that homeservers run, and how to copy them to a mirror',
  description: `Lists every image that a homeserver may run at its version of the chart, with what stands beside it, and where it takes it from
(images); those of parts that are off, too, so that a mirror has them on the day when one is switched on. -o skopeo prints the commands
that copy them there. The platform's own images are its charts' business: mirror them by containerd, or by platform.*.values.`,
  arguments: [{ name: 'HOMESERVER', description: 'only that homeserver\'s', optional: true }],
  options: { fleet: fleetOption, output: outputOption(['table', 'json', 'skopeo'], 'the images') },
  examples: ['npm run images', 'npm run images -- -o skopeo'],
  async run({ words: [name], options: { fleet: folder, output = 'table' } }, io) {
    const { readFleet } = await model();
    const { findings, fleet } = await readFleet(fleetFolder(folder, io), io.root);
    const all = (fleet?.homeservers ?? []).map((one) => one.model);
    const known = all.map((one) => one.name);
    if (fleet && name !== undefined && !known.includes(name)) throw UsageError.meant(`there is no homeserver ${name}`, nearest(name, known), `choose of ${known.join(', ')}`);
    const homeservers = all.filter((one) => name === undefined || one.name === name);
    const list = [...new Map(homeservers.flatMap(imagesOf).map((image) => [`${image.source} ${image.target}`, image])).values()];
    if (output === 'json') io.out(findingsJson(findings, { images: list }));
    else io.err(findingsText(findings));
    if (fleet && output === 'table') io.out(list.length === 0 ? 'no homeservers: npm run new -- NAME SERVER_NAME\n' : table(['IMAGE', 'TAKEN FROM'], list.map(({ source, target }) => [source, target === source ? 'where it is published' : target])));
    if (fleet && output === 'skopeo') io.out(list.map(copy).join('') || '# no homeserver has a mirror: images.registry\n');
    return findings.length > 0 ? exit.findings : exit.ok;
  },
});

/** All architectures, since a mirror does not know its nodes. */
const copy = ({ source, target }: Image): string => (source === target ? '' : `skopeo copy --all docker://${source} docker://${target}\n`);
