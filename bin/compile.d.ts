/** The program behind an entry, as one file. */
export declare function compile(entry: string): Promise<{ readonly code: string }>;
