'use strict';
// npm runs this after it has installed everything (`prepare`): no command needs to compile the program then. Nor must it fail: what is
// not built is compiled in memory.
require('./launch').build('lib/cli/main.ts').catch((error) => process.stderr.write(`not built: ${error.message}\n`));
