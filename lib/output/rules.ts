import type { RuleText } from '../checks/rule';

/** What can keep `dist/` from being written. Found by trouble.ts and its users. */
export const outputRules: readonly RuleText[] = [
  {
    id: 'dist-busy',
    severity: 'error',
    what: 'One command at a time writes `dist/`.',
    why: 'Two would mix their trees.',
    fix: 'Wait for the other one, or end it.',
  },
  {
    id: 'dist-not-readable',
    severity: 'error',
    what: 'What is in `dist/` can be read.',
    why: 'Nobody could tell what to keep and what to replace.',
    fix: 'Let the user that runs the command read it.',
  },
  {
    id: 'dist-not-writable',
    severity: 'error',
    what: 'The folder `dist/` can be written.',
    why: 'Half of a tree would be worse than the old one, so the old one stays.',
    fix: 'Let the user that runs the command write it.',
  },
  {
    id: 'disk-full',
    severity: 'error',
    what: 'The disk has room for the whole tree.',
    why: 'Half of a tree would be worse than the old one, so the old one stays.',
    fix: 'Free some space, then run the command again.',
  },
  {
    id: 'name-too-long',
    severity: 'error',
    what: 'No name of a file is longer than the file system takes.',
    why: 'The object that it holds would be missing from `dist/`.',
    fix: 'Shorten the name of the object, or move the fleet to a shorter path.',
  },
  {
    id: 'file-in-the-way',
    severity: 'error',
    what: 'No file of somebody else\'s is where one of the tree must go.',
    why: 'It would be overwritten.',
    fix: 'Move it elsewhere, or delete it.',
  },
];
