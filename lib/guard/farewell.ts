import type { Homeserver } from '../homeserver/homeserver';
import { homeserverHosts } from '../inventory/hosts';
import { clientOf } from '../runbook/client';
import { pullOf } from '../runbook/mover';
import type { Runbook, Section, Step } from '../runbook/step';
import { dumping } from './dumps';
import { asking, type Estate } from './estate';
import { deletingAll, savingRest, stored } from './lifecycle';
import { pushed, step, untilOwnRuns, untilStopped, waiting } from './steps';

/** What a homeserver that does not run has stored, by its description. */
export function estateNow({ name, names: { release, pullSecret }, names, place, databases, images }: Homeserver): Estate {
  const pull = pullOf(images, pullSecret);
  const host = place.kind === 'built-in' ? undefined : place.host;
  const port = place.kind === 'external' ? place.port : 5432;
  return {
    name,
    release,
    place: place.kind === 'cluster' ? place.cluster : host ?? 'built-in',
    kind: place.kind,
    databases: databases.map(({ service, name: database, role }) => ({ service, name: database, role, release, host, port })),
    pull,
    ...place.kind === 'external' && { client: clientOf(place, databases, names, pull) },
  };
}

/** The runbook of a homeserver that is stopped or retired: how it starts again, and how it goes for good. */
export function farewellOf(homeserver: Homeserver): Runbook {
  const { name, serverName, file, state } = homeserver;
  return {
    title: `${serverName} is ${state}`,
    text: `Homeserver \`${name}\`, by \`${file}\`: its processes have gone. In the cluster stay ${stored(estateNow(homeserver))}.`,
    sections: farewell(homeserver),
  };
}

/** Its sections, which other runbooks of a stopped homeserver end with. */
export function farewell(homeserver: Homeserver): readonly Section[] {
  const { name, names: { release }, file, state } = homeserver;
  const estate = estateNow(homeserver);
  const [media, keys] = savingRest(estate);
  const [description, rest] = deletingAll(estate, file === `instances/${name}.ts` ? [`rm ${file}`] : []);
  const hosts = homeserverHosts(homeserver).map(({ host }) => `\`${host}\``);
  return [
    {
      title: 'A shell for what stopped or retired homeservers need',
      steps: [{
        id: 'open-fleet',
        text: 'Open bash in the folder of this fleet. What is saved goes to your home folder, outside of git. The cluster that is named must be this fleet\'s.',
        shell: `set -o pipefail\nkubectl config current-context && kubectl get namespace ${release}`,
      }],
    },
    {
      title: 'Start it again',
      steps: [stepOf('start-again', step(
        `take state out of \`${file}\`, and it starts as it was; never where the same homeserver lives elsewhere by now: two with one signing key contradict each other`,
        ...pushed(`Start ${name}`),
      ))],
    },
    {
      title: 'Or let it go for good',
      text: 'What is not saved here is lost with the last step.',
      steps: [
        ...state === 'stopped' && estate.kind !== 'built-in' ? [stepOf('retire', retiring(estate, `say state: 'retired' in \`${file}\``))] : [],
        ...saveDatabases(homeserver, estate),
        stepOf('last-media', media),
        stepOf('last-keys', keys),
        stepOf('delete-description', file === `instances/${name}.ts` ? description : `in \`${file}\`, ${description}`),
        { id: 'close-names', text: `Take the records of these names away, unless something else has them: ${hosts.join(', ')}.${closedPorts(homeserver)}` },
        stepOf('delete-rest', rest),
      ],
    },
  ];
}

const retiring = ({ name, release }: Estate, text: string) => step(text, ...pushed(`Retire ${name}`), untilStopped(release));

/** The chart's own PostgreSQL has stopped with the homeserver: it runs once more, and nothing that writes does. */
function saveDatabases({ file }: Homeserver, estate: Estate): readonly Step[] {
  const { kind, name, release, databases } = estate;
  const save = stepOf('last-databases', step('save its databases', ...asking(estate, databases.map(dumping))));
  return kind === 'built-in'
    ? [
      stepOf('wake-databases', step(`its PostgreSQL has stopped with it: in \`${file}\`, take state away and add, beside what it has, ${waiting(databases)}`, ...pushed(`Save the databases of ${name}`), ...untilOwnRuns(release))),
      save,
      stepOf('retire', retiring(estate, `take these values away, and say state: 'retired' in \`${file}\``)),
    ]
    : [save];
}

function closedPorts({ rtc }: Homeserver): string {
  if (!rtc) return '';
  return ` Close the ports of its calls: \`${rtc.tcp}/tcp\`${rtc.udp === false ? '' : `, \`${rtc.udp}/udp\``}.`;
}

/** A step of the guard's, whose commands are one a line, as a step of a runbook. */
function stepOf(id: string, text: string): Step {
  const [says, ...commands] = text.split('\n') as [string, ...string[]];
  return { id, text: `${says[0]!.toUpperCase()}${says.slice(1, -1)}.`, shell: commands.join(' &&\n') };
}
