import type { Worker } from 'node:worker_threads';

/** The program behind an entry, as one file. */
export declare function compile(entry: string): Promise<{ readonly code: string }>;

/** Another thread of a program that is compiled already. @param cachedData what V8 knows of the code by now */
export declare function thread(code: string, cachedData?: Buffer): Worker;
