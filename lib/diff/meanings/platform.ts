import type { Family, KindWords } from './kind';
import { row, rowWhen, type Spot } from './row';

const monitor: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes what is measured by {object}'],
  appears: [['effect', 'measures what {object} names']],
  goes: [['effect', 'measures no more what {object} names; alerts that use it fall silent']],
};

const access: KindWords = {
  fields: [],
  otherwise: ['outage', 'changes who may do what in the cluster by {object}'],
  appears: [['effect', 'gives rights in the cluster by {object}']],
  goes: [['outage', 'takes away the rights that {object} gives']],
};

const account: KindWords = {
  fields: [],
  otherwise: ['outage', 'changes {object}, which pods run as'],
  appears: [['effect', 'adds {object} for pods to run as']],
  goes: [['outage', 'deletes {object}: pods that run as it cannot be made anew']],
};

const limits: KindWords = {
  fields: [],
  otherwise: ['outage', 'changes {object}: pods that exceed it are not made any more; those that run stay'],
  appears: [['outage', 'limits by {object} what pods may ask for; those that run stay']],
  goes: [['effect', 'takes the limits of {object} away']],
};

const secretSource: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes the Secret that {object} makes; pods see it when they restart'],
  appears: [['effect', 'makes a Secret by {object}']],
  goes: [['loss', 'deletes {object}, and with it the Secret that it made']],
};

const secretStore: KindWords = {
  fields: [],
  otherwise: ['outage', 'changes {object}: the Secrets that come from it stay, and are renewed only once it answers'],
  appears: [['effect', 'Secrets can come from {object}']],
  goes: [['outage', 'deletes {object}: the Secrets that come from it stay, and are renewed no more']],
};

const podSecurity = ['privileged', 'baseline', 'restricted'];
const loosens = ({ before, after }: Spot) => after !== undefined && podSecurity.indexOf(String(after)) >= 0 && podSecurity.indexOf(String(after)) < podSecurity.indexOf(String(before));

/** A dashboard of Grafana is read again by itself. */
const isDashboard = ({ change: { after } }: Spot) => after.metadata.labels?.['grafana_dashboard'] !== undefined;

/** What the rest stands on: namespaces, classes, rights, settings, measurements. */
export const platform: Family = {
  '/Namespace': {
    fields: [
      rowWhen('metadata labels pod-security.kubernetes.io/enforce', loosens, ['effect', 'lets new pods in {name} do all that the level {after} allows, instead of {before}']),
      row('metadata labels pod-security.kubernetes.io/enforce', ['action', 'refuses new pods in {name} that break the level {after} (until now: {before}): see that yours keep to it; those that run stay']),
      row('metadata labels app.kubernetes.io/part-of', ['outage', 'changes whether pods of {name} may reach PostgreSQL']),
      row('metadata labels', ['outage', 'changes labels of the namespace {name}, by which network policies select: pods may be cut off']),
    ],
    otherwise: ['effect', 'changes {object}'],
    appears: [['effect', 'makes the namespace {name}']],
    goes: [['loss', 'deletes the namespace {name} with everything in it']],
  },
  '/ConfigMap': {
    fields: [rowWhen('data', isDashboard, ['effect', 'changes the dashboard in {object}'])],
    otherwise: ['outage', 'changes the settings in {object}; who reads them restarts or follows'],
    appears: [['effect', 'adds the settings {object}']],
    goes: [['outage', 'deletes {object}: pods that still read it do not start any more']],
  },
  '/Secret': {
    fields: [],
    otherwise: ['outage', 'changes what is in {object}; pods see it when they restart'],
    appears: [['effect', 'adds {object}']],
    goes: [['loss', 'deletes {object} and the secrets in it']],
  },
  'bitnami.com/SealedSecret': secretSource,
  'external-secrets.io/ExternalSecret': secretSource,
  'external-secrets.io/SecretStore': secretStore,
  'external-secrets.io/ClusterSecretStore': secretStore,
  '/ServiceAccount': account,
  'rbac.authorization.k8s.io/Role': access,
  'rbac.authorization.k8s.io/RoleBinding': access,
  'rbac.authorization.k8s.io/ClusterRole': access,
  'rbac.authorization.k8s.io/ClusterRoleBinding': access,
  '/ResourceQuota': limits,
  '/LimitRange': limits,
  'scheduling.k8s.io/PriorityClass': {
    fields: [rowWhen('globalDefault', ({ after }) => after === true, ['effect', 'gives pods that name no class the priority {name} when they are made'])],
    otherwise: ['effect', 'changes {object} for pods that are made from now on'],
    appears: [['effect', 'adds the priority class {name}']],
    goes: [['outage', 'deletes the priority class {name}: pods that name it run on, and cannot be made anew']],
  },
  'monitoring.coreos.com/PodMonitor': monitor,
  'monitoring.coreos.com/ServiceMonitor': monitor,
  'monitoring.coreos.com/Probe': monitor,
  'monitoring.coreos.com/ScrapeConfig': monitor,
  'monitoring.coreos.com/PrometheusRule': {
    fields: [],
    otherwise: ['effect', 'changes when alerts of {name} fire'],
    appears: [['effect', 'adds the alerts {name}']],
    goes: [['effect', 'takes the alerts {name} away: nobody is told any more']],
  },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    fields: [],
    otherwise: ['effect', 'changes the kind that {object} describes'],
    appears: [['effect', 'adds the kind that {object} describes']],
    goes: [['loss', 'deletes {object}, and with it every object of this kind']],
  },
};
