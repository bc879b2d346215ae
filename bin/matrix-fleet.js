#!/usr/bin/env node
'use strict';
const [verb] = process.argv.slice(2);
/** The verbs that build manifests, for which cdk8s and the check of options are read while the compiler is at work. */
const building = new Set(['synth', 'diff', 'check', 'budget', 'new', 'explain']);
require('./launch').launch('lib/cli/main.ts', process.argv.slice(2), building.has(verb) ? ['cdk8s', '../lib/options/validator.js'] : []);
