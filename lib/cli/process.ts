/** The process that a command runs in, and the user's files with it: they may leave timers and promises behind, which are no part of the command. */
export interface OwnProcess {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ends it, when all that was said has got out. */
  readonly end: (status: number) => Promise<never>;
  /** Rejects where it would end by itself, since nothing is left to wait for: with what was thrown where nobody caught it, if anything was. */
  readonly stall: Promise<never>;
}

/** Nobody but who has this may write to the output or end the process from now on; what others print goes where errors go. */
export function ownProcess(): OwnProcess {
  const { stdout, stderr } = process;
  const exit = process.exit.bind(process);
  const [out, err] = [stdout, stderr].map((stream) => {
    // Where the reader has gone (`| head`) or its disk is full, there is nobody to tell; the status still says what there was to say.
    stream.on('error', () => undefined);
    return stream.write.bind(stream);
  }) as [typeof stdout.write, typeof stderr.write];
  stdout.write = err;
  process.exit = () => {
    throw new Error('process.exit would end the command');
  };
  const strays: unknown[] = [];
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => void strays.push(error));
  return {
    out: (text) => void out(text),
    err: (text) => void err(text),
    async end(status) {
      stdout.write = stderr.write = () => true;
      // A pipe takes 64 KiB at once: the rest must get out before the end.
      await Promise.all([out, err].map((write) => new Promise<void>((resolve) => void write('', () => resolve()))));
      return exit(status);
    },
    stall: new Promise<never>((_, reject) => void process.once('beforeExit', () => reject(strays[0] ?? new Error('the command has come to no end')))),
  };
}
