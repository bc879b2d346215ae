import { setTimeout as sleep } from 'node:timers/promises';
import { SourceError } from './material';

export interface HttpOptions {
  /**
   * How often a request is tried when the network or the server fails it.
   * @default 3
   */
  readonly attempts?: number;
  /**
   * How long one try may take, in milliseconds.
   * @default 60000
   */
  readonly timeout?: number;
  /**
   * How long to wait before the second try, in milliseconds; before each further one twice as long.
   * @default 500
   */
  readonly pause?: number;
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Asks for a URL; any status but a passing failure of the server is an answer. */
export type Get = (url: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

export function httpGet({ attempts = 3, timeout = 60_000, pause = 500 }: HttpOptions = {}): Get {
  return async (url, headers = {}) => {
    let failure = '';
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await sleep(pause * 2 ** (attempt - 1));
      try {
        const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeout) });
        const answer = { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
        if (answer.status !== 429 && answer.status < 500) return answer;
        failure = `the server answers ${answer.status}`;
      } catch (error) {
        failure = reasonOf(error as Error, timeout);
      }
    }
    const fix = 'see whether the network reaches the server, or read a mirror with --from';
    throw new SourceError(`${url}: ${failure} (${attempts} tries)`, fix);
  };
}

/** The body of an answer that must be there. */
export function bodyOf(url: string, { status, body }: Answer): Buffer {
  if (status === 200) return body;
  const fix = status === 404 ? 'correct the version or the address of the source' : 'see whether the source is public';
  throw new SourceError(`${url}: the server answers ${status}`, fix);
}

function reasonOf(error: Error, timeout: number): string {
  if (error.name === 'TimeoutError') return `no answer within ${timeout} ms`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
