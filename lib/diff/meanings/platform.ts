import type { Family, KindWords } from './kind';
import { row, rowWhen } from './row';

const monitor: KindWords = {
  fields: [],
  otherwise: ['effect', 'changes what is measured by {object}'],
  appears: [['effect', 'measures more by {object}']],
  goes: [['effect', 'measures less: {object} goes, and alerts that use it fall silent']],
};

const access: KindWords = {
  fields: [],
  otherwise: ['outage', 'changes who may do what in the cluster by {object}'],
  appears: [['effect', 'lets somebody do more in the cluster by {object}']],
  goes: [['outage', 'takes rights away that {object} gives']],
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

/** What the rest stands on: namespaces, classes, rights, settings, measurements. */
export const platform: Family = {
  '/Namespace': {
    fields: [
      row('metadata labels pod-security.kubernetes.io/enforce', ['outage', 'asks {after} instead of {before} of new pods in {name}; those that run stay']),
      row('metadata labels app.kubernetes.io/part-of', ['outage', 'changes whether pods of {name} may reach PostgreSQL']),
      row('metadata labels', ['outage', 'changes labels of the namespace {name}, by which network policies select: pods may be cut off']),
    ],
    otherwise: ['effect', 'changes {object}'],
    appears: [['effect', 'makes the namespace {name}']],
    goes: [['loss', 'deletes the namespace {name} with everything in it']],
  },
  '/ConfigMap': {
    fields: [],
    otherwise: ['outage', 'changes the settings in {object}; who reads them restarts or follows'],
    appears: [['effect', 'adds the settings {object}']],
    goes: [['outage', 'deletes {object}: pods that read it do not start any more']],
  },
  '/Secret': {
    fields: [],
    otherwise: ['outage', 'changes what is in {object}; pods see it when they restart'],
    appears: [['effect', 'adds {object}']],
    goes: [['loss', 'deletes {object} and the secrets in it']],
  },
  'bitnami.com/SealedSecret': secretSource,
  'external-secrets.io/ExternalSecret': secretSource,
  'external-secrets.io/SecretStore': secretSource,
  'external-secrets.io/ClusterSecretStore': secretSource,
  '/ServiceAccount': access,
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
