import type { Traced, TracedFleet } from '../checks/traced';
import type { Homeserver } from '../homeserver/homeserver';
import { moveAccounts } from './accounts';
import { checkTargets, dumpDatabases, emptyDatabases, measureDatabases, restoreDatabases } from './databases';
import { checkSigningKey, fromStore, giveKeys, makeSecrets, saveKeys } from './keys';
import { copyMedia, finishMedia, releaseMedia } from './media';
import { origins } from './origin';
import { startClient, stopClient } from './places';
import { openShell, untilStopped } from './shell';
import type { Runbook, Section, Step } from './step';
import { type Subject, subjectOf } from './subject';
import { bringCertificates, checkHomeserver, forgetOld, goBack, pointHere } from './switch';

/** What is to be done by hand for a homeserver to come to life here, as its description stands: from where it lives now, and how far it has come. */
export function runbookOf(fleet: TracedFleet, homeserver: Traced<Homeserver>): Runbook {
  const subject = subjectOf(fleet, homeserver);
  const { name, serverName, origin, rehearsal, mas, file } = subject;
  const stage = mas ? mas.syn2mas : undefined;
  const accounts = stage ? moveAccounts(subject, stage) : [];
  const prologue: Section = { title: 'A shell for all of it', steps: [openShell(subject)] };
  if (stage === 'dry-run' || stage === 'migrate') {
    return { title: `Move the accounts of ${serverName} to MAS: ${stage}`, text: `Homeserver \`${name}\`, by \`${file}\`.`, sections: [{ ...prologue, steps: [...prologue.steps, ...startClient(subject)] }, ...accounts] };
  }
  if (origin === 'fresh') {
    return { title: `Start ${serverName}`, text: `Homeserver \`${name}\`, by \`${file}\`: it is new, so there is nothing to bring along. If it runs already, all of this is done; but see that its keys are saved.`, sections: [prologue, ...firstStart(subject, accounts)] };
  }
  const { called } = origins[origin.restoredFrom];
  const over = ' **If it runs here already, make nothing of this**: it is over, and would put the past in the place of what people have written since.';
  const only: Section = { ...prologue, steps: [...prologue.steps, { id: 'see-not-here', text: 'Once, before anything else: nothing of it runs here yet. If something does, stop: it is over.', shell: 'nothing_runs' }] };
  return rehearsal
    ? {
      title: `Rehearse the move of ${serverName}`,
      text: `Homeserver \`${name}\`, by \`${file}\`, from ${called}. The old server goes on meanwhile. What is written here is thrown away at the end.${over}`,
      sections: [only, ...rehearse(subject)],
    }
    : {
      title: `Move ${serverName} here`,
      text: `Homeserver \`${name}\`, by \`${file}\`, from ${called}. The keys come last: what mounts a missing Secret waits, so nothing can start on an empty database. Two homeservers with one signing key must never run at once.${over}`,
      sections: [only, ...move(subject, accounts)],
    };
}

function move(subject: Subject, accounts: readonly Section[]): readonly Section[] {
  const { serverName, records, proxied } = subject;
  return [
    {
      title: 'A day before',
      steps: [
        {
          id: 'lower-ttl',
          text: `Lower the TTL of these records to 60 seconds${proxied.length > 0 ? ', where they do not lead to the proxy already' : ''}: ${records.map(({ name }) => `\`${name}\``).join(', ')}. It takes as long as the old TTL until everybody knows.`,
        },
        { id: 'announce', text: 'Announce the downtime: a rehearsal, or the sizes below, tell how long.' },
        { id: 'keep-values', text: 'Keep what the old server was made of: its values (`helm get values`) or its Argo CD Application, Ingresses and Certificates.' },
        checkSigningKey(subject),
        ...measureDatabases(subject),
      ],
    },
    describe(subject),
    { title: 'Copy the media while the old server runs', steps: copyMedia(subject) },
    {
      title: 'Stop the old server',
      text: `From here on ${serverName} is down. Where Argo CD tends the old one, hold it first, or it starts again; an Application that brings that one leaves this alone: \`kubectl --context "$OLD" -n argocd annotate application NAME argocd.argoproj.io/skip-reconcile=true --overwrite\`.`,
      steps: [{
        id: 'stop-old',
        text: 'Stop Synapse and MAS, and wait until they are gone; PostgreSQL goes on.',
        shell: `old_scale 0 &&\n  old wait --for=delete pod --selector "${selectorOf(subject)}" --field-selector status.phase=Running --timeout=5m`,
      }],
    },
    { title: 'Dump the databases', steps: dumpDatabases(subject, false) },
    { title: 'Restore them here', steps: restoreDatabases(subject, true) },
    { title: 'Finish the media', steps: finishMedia() },
    ...bringCertificates(subject),
    { title: 'Give the keys', text: 'The switch: up to here nothing has run, and the old server could be started again as it was.', steps: giveKeys(subject) },
    pointHere(subject),
    checkHomeserver(subject),
    afterwards(subject, accounts.length > 0),
    ...accounts,
    goBack(subject),
    beginAnew(subject),
  ];
}

/** With the old server running all the time. */
function rehearse(subject: Subject): readonly Section[] {
  const { file, names, secrets } = subject;
  return [
    { title: 'Look at the old server', steps: [checkSigningKey(subject), ...measureDatabases(subject)] },
    describe(subject),
    pointHere(subject),
    { title: 'Dump the databases', steps: dumpDatabases(subject, true) },
    { title: 'Restore them here', steps: restoreDatabases(subject, false) },
    { title: 'Copy the media', steps: [...copyMedia(subject), releaseMedia()] },
    { title: 'Give the keys', steps: giveKeys(subject) },
    checkHomeserver(subject),
    {
      title: 'End the rehearsal',
      steps: [
        { id: 'stop-new', text: `Say \`state: 'stopped'\` in \`${file}\`, synthesise, commit and push, and wait until the pods are gone.`, shell: untilStopped },
        ...emptyDatabases(subject),
        ...secrets === 'bootstrap'
          ? [{ id: 'forget-keys', text: 'Take the keys away again: without them nothing starts when `state` goes.', shell: `nothing_runs && new delete secret ${names.keySecret}` }]
          : [],
        {
          id: 'next-move',
          text: `Take \`rehearsal\` out of \`${file}\`, synthesise, commit and push; then make this runbook anew, for the move itself. ${secrets === 'bootstrap'
            ? 'Take `state` out with it.'
            : 'Leave `state: \'stopped\'` until that has restored the databases: the keys come by themselves now, and would start it too early.'}`,
        },
      ],
    },
  ];
}

function firstStart(subject: Subject, accounts: readonly Section[]): readonly Section[] {
  return [describe(subject), pointHere(subject), checkHomeserver(subject), { title: 'Save its keys', steps: [saveKeys(subject)] }, ...accounts.map((section) => ({ ...section, steps: [...startClient(subject), ...section.steps] }))];
}

/** The base and the databases come first, and nothing starts on them yet. */
function describe(subject: Subject): Section {
  const { file, names, origin, place } = subject;
  const ownDatabases = place.kind === 'cluster';
  const push: Step = { id: 'push', text: `Synthesise, commit and push \`${file}\` and \`dist/\`.` };
  const secrets = makeSecrets(subject, origin !== 'fresh');
  return {
    title: 'Describe it here',
    steps: [
      // Who reads a store finds what is there already.
      ...fromStore(subject) ? [secrets, push] : [push, secrets],
      {
        id: 'see-base',
        text: `Argo CD has made the namespace and the volume's claim${ownDatabases ? ', the roles and the databases' : ''}.`,
        shell: [names.base, ...ownDatabases ? [names.databases] : []]
          .map((one) => `new --namespace ${subject.argocd} wait application ${one} --for='jsonpath={.status.sync.status}'=Synced --timeout=10m`).join(' &&\n  '),
      },
      ...origin === 'fresh' ? [] : [...startClient(subject), ...checkTargets(subject)],
    ],
  };
}

function selectorOf({ origin }: Subject): string {
  return origin === 'fresh' ? '' : origins[origin.restoredFrom].synapse.selector;
}

/** @param unfinished accounts are still to move, which the old server must outlast */
function afterwards(subject: Subject, unfinished: boolean): Section {
  return {
    title: 'Afterwards',
    steps: [
      { id: 'watch-a-day', text: 'Watch it for a day, then raise the TTL again.' },
      saveKeys(subject),
      ...unfinished
        ? [{ id: 'keep-old', text: 'Leave the old server as it is, stopped: it goes when accounts have moved, at the end of that stage\'s runbook.' }]
        : [...forgetOld, ...stopClient(subject)],
    ],
  };
}

const beginAnew = (subject: Subject): Section => ({
  title: 'If a restore must be begun anew',
  text: 'Only before the keys are given, or after the way back: what is in the databases here is lost.',
  steps: emptyDatabases(subject),
});
