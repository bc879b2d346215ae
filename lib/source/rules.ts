import type { RuleText } from '../checks/rule';

/** What can be wrong with the files themselves, before anything in them is read. Found by compile.ts and load.ts. */
export const sourceRules: readonly RuleText[] = [
  {
    id: 'main-missing',
    severity: 'error',
    what: 'The fleet\'s folder holds a main.ts.',
    why: 'It says what the fleet runs on.',
    fix: 'Write one that exports `fleet({ … })`, or name the fleet\'s folder with `--fleet`.',
  },
  {
    id: 'source-does-not-compile',
    severity: 'error',
    what: 'Every file is TypeScript that compiles.',
    why: 'Nothing in it can be read otherwise.',
    fix: 'Mend the line; `npm run typecheck` says more.',
  },
  {
    id: 'source-throws',
    severity: 'error',
    what: 'Every file gives its options without failing.',
    why: 'What it describes would be missing from `dist/`.',
    fix: 'Mend the line that throws.',
  },
  {
    id: 'no-default-export',
    severity: 'error',
    what: 'Every file exports what it describes by default.',
    why: 'What it describes would be missing from `dist/`.',
    fix: 'Write `export default homeserver({ … })`, in main.ts `export default fleet({ … })`.',
  },
  {
    id: 'instance-not-read',
    severity: 'error',
    what: 'Every source file under `instances/` ends in `.ts`.',
    why: 'Others are not read, and a homeserver would be missing without a word.',
    fix: 'Rename it.',
  },
  {
    id: 'instances-not-readable',
    severity: 'error',
    what: 'The folder `instances/` can be read.',
    why: 'Every homeserver of it would be missing from `dist/`.',
    fix: 'Make it a folder that this command may read.',
  },
  {
    id: 'sealed-not-readable',
    severity: 'error',
    what: 'Every file under `sealed/` is YAML that this command may read.',
    why: 'The Secret that it holds would be missing from `dist/`.',
    fix: 'Take it from git again, or delete it and run `npm run seal`.',
  },
];
