import type { Worker } from 'node:worker_threads';

/** Another thread of a program that is compiled already. @param cachedData what V8 knows of the code by now */
export declare function thread(code: string, cachedData?: Buffer): Worker;
