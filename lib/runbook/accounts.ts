import { saveDatabase, emptyDatabases } from './databases';
import { saveKeys } from './keys';
import { stopClient } from './places';
import { untilStopped } from './shell';
import type { Section, Step } from './step';
import type { Subject } from './subject';
import { forgetOld, get, pointHere, seeHosts } from './switch';

type Stage = 'prepare' | 'dry-run' | 'migrate';

/** From Synapse's accounts to MAS's, by the stage that git says now. Each stage is a push and a section of its own. */
export function moveAccounts(subject: Subject, stage: Stage): readonly Section[] {
  switch (stage) {
    case 'prepare': return [getReady(subject)];
    case 'dry-run': return [pointLogins(subject), rehearse(subject)];
    case 'migrate': return [pointLogins(subject), migrate(subject), afterwards(subject), giveUp(subject)];
  }
}

const push = (file: string, what: string) => `${what} in \`${file}\`, synthesise, commit and push; then make this runbook anew: it goes on from there.`;

/** Names that come with MAS: where they lead elsewhere, nobody can log in once accounts have moved. */
function pointLogins(subject: Subject): Section {
  const isNew = (service: string) => service === 'MAS' || service === 'Element Admin';
  const { title, steps } = pointHere({
    ...subject,
    ports: [],
    records: subject.records.filter(({ services }) => services.some(isNew)),
    proxied: subject.proxied.filter(({ routes }) => routes.some(({ service }) => isNew(service))),
  });
  return { title, text: 'Only the names that this stage adds; where they lead here already, there is nothing to do.', steps };
}

function getReady({ file, databases, place, names: { release } }: Subject): Section {
  return {
    title: 'Accounts: get ready to move them to MAS',
    text: 'Synapse keeps accounts and logins as they are. MAS has an empty database and keys, and does not run.',
    steps: [
      ...databases.filter(({ service }) => service === 'mas').map(({ name, objectName, service }): Step => ({
        id: `see-${service}`,
        text: `\`${name}\` is there and holds nothing: what a failed move elsewhere has left behind stays where it is.`,
        shell: `${place.kind === 'cluster' ? `expect 'Database ${objectName}' "$(new --namespace ${place.namespace} get database ${objectName} --output 'jsonpath={.status.applied}')" true &&\n  ` : ''}expect 'tables in ${name}' "$(sql new_mas <<<"SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")" 0`,
      })),
      { id: 'see-marker', text: 'The chart knows that accounts are in Synapse.', shell: marker(release, 'legacy_auth') },
      {
        id: 'count-accounts',
        text: 'How many accounts there are to move: people, in use or deactivated; guests and those of bridges stay behind.',
        shell: `sql new_synapse <<'END'
SELECT count(*) FROM users WHERE appservice_id IS NULL AND is_guest = 0;
END`,
      },
      { id: 'next-dry-run', text: push(file, 'Say `mas: { syn2mas: \'dry-run\' }`') },
    ],
  };
}

function rehearse(subject: Subject): Section {
  const { file, names: { release } } = subject;
  return {
    title: 'Accounts: rehearse the move',
    text: 'MAS runs beside Synapse, which still keeps the accounts. Argo CD waits for the word: each sync rehearses once.',
    steps: [
      ...sync(subject, 'true'),
      readLog(release),
      ...seeHosts(subject),
      { id: 'see-marker', text: 'Nothing has moved.', shell: marker(release, 'legacy_auth') },
      {
        id: 'next-migrate',
        text: `${push(file, 'Mend what it warns of, and sync again. When it has nothing more to say: announce the downtime, say `mas: { syn2mas: \'migrate\' }`')} To think better of it, go back to \`'prepare'\`: nothing has moved.`,
      },
    ],
  };
}

function migrate(subject: Subject): Section {
  const { file, mas, names: { release } } = subject;
  return {
    title: 'Accounts: move them',
    text: 'The sync stops Synapse, moves the accounts and starts it again with MAS. There is no way back but the last section. Git says `migrate` for as long as this takes and no longer: a second sync would fail.',
    steps: [
      saveDatabase('synapse'),
      saveKeys(subject),
      ...mas ? [{ id: 'see-logins', text: `MAS, which runs since the rehearsal, answers at ${mas.host} with a certificate that browsers trust: nobody can log in elsewhere once accounts have moved. Go no further before it does.`, shell: get(subject, `https://${mas.host}/.well-known/openid-configuration`) }] : [],
      ...sync(subject, 'false'),
      readLog(release),
      { id: 'see-marker', text: 'The chart knows that accounts have moved.', shell: marker(release, 'syn2mas_migrated') },
      {
        id: 'see-accounts',
        text: 'As many accounts in MAS as there were people in Synapse.',
        shell: `expect 'accounts' "$(sql new_mas <<<'SELECT count(*) FROM users')" "$(sql new_synapse <<<'SELECT count(*) FROM users WHERE appservice_id IS NULL AND is_guest = 0')"`,
      },
      ...seeHosts(subject),
      { id: 'next-done', text: `Log in. Where Synapse had single sign-on of its own, take its settings out of \`values\` now. Take \`syn2mas\` away in \`${file}\`, synthesise, commit and push. That is the end of it: keep this page, with its last section, until you are sure, and make no other.` },
    ],
  };
}

/** The old server of a move has outlasted the accounts. */
function afterwards(subject: Subject): Section {
  return {
    title: 'Afterwards',
    text: 'When you are sure: the way back needs what is taken away here.',
    steps: [
      { id: 'watch-accounts', text: 'Watch it for a day: people log in, by every client that they have, and new accounts come as `registration` says.' },
      ...subject.origin === 'fresh' ? [] : forgetOld,
      ...stopClient(subject),
    ],
  };
}

/** Only as long as nobody has logged in by MAS: what they did since is lost. */
function giveUp(subject: Subject): Section {
  const { file, names: { release } } = subject;
  return {
    title: 'The way back, if the move has failed',
    text: 'The move writes to MAS\'s database alone, and leaves Synapse\'s as it was.',
    steps: [
      { id: 'stop-new', text: `Say \`state: 'stopped'\` in \`${file}\`, synthesise, commit and push, and wait until the pods are gone.`, shell: untilStopped },
      ...emptyDatabases({ ...subject, databases: subject.databases.filter(({ service }) => service === 'mas') }),
      {
        id: 'reset-marker',
        text: 'Tell the chart that accounts are in Synapse.',
        shell: `new patch configmap ${release}-markers --type merge --patch '{"data":{"MATRIX_STACK_MSC3861":"legacy_auth"}}'`,
      },
      { id: 'back-to-prepare', text: `Say \`mas: { syn2mas: 'prepare' }\` and no \`state\`; \`synth\` refuses it and prints the line by which it is meant. Push.` },
    ],
  };
}

const marker = (release: string, must: string) =>
  `expect 'the marker' "$(new get configmap ${release}-markers --output 'jsonpath={.data.MATRIX_STACK_MSC3861}')" ${must}`;

function readLog(release: string): Step {
  return { id: 'read-log', text: 'Read what it says: warnings are accounts that will be other than they were.', shell: `new logs job/${release}-syn2mas --all-containers --tail=-1` };
}

/** By hand and once; Argo CD takes the order from the Application itself. */
function sync({ names: { release }, argocd }: Subject, dryRun: 'true' | 'false'): readonly Step[] {
  const operation = { initiatedBy: { username: 'runbook' }, sync: { prune: true, syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'] } };
  return [
    {
      id: 'see-stage',
      text: 'The stage has arrived in the cluster, and no earlier sync is still at work.',
      shell: `expect 'dryRun' "$(application .spec.source.helm.valuesObject.matrixAuthenticationService.syn2mas.dryRun)" ${dryRun} &&
  expect 'automatic sync' "$(application .spec.syncPolicy.automated)" '' &&
  expect 'an operation' "$(application .operation)" ''`,
    },
    {
      id: 'sync-once',
      text: 'Sync it, and wait for the end.',
      shell: `before=$(application .status.operationState.startedAt) &&
  new --namespace ${argocd} patch application ${release} --type merge --patch '${JSON.stringify({ operation })}' &&
  until [ "$(application .status.operationState.startedAt)" != "$before" ] && [ "$(application .status.operationState.phase)" != Running ]; do sleep 5; done &&
  application .status.operationState.message && echo &&
  expect 'the sync' "$(application .status.operationState.phase)" Succeeded`,
    },
  ];
}
