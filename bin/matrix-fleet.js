#!/usr/bin/env node
'use strict';
require('./launch').launch('lib/cli/main.ts', process.argv.slice(2), ['cdk8s']);
