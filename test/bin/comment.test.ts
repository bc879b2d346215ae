import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MARKER } from '../../lib/report/markdown';
import { root } from '../cli/fleet-folder';

interface Comment {
  readonly id: unknown;
  readonly user: { readonly id: number };
  body: string;
}

/** Whom the job's token is of (in Gitea, everybody's jobs have this one), and somebody else. */
const bot = { id: -2 };
const human = { id: 5 };

/** A Gitea with one pull request, as far as its comments go. */
class Gitea {
  readonly comments: Comment[] = [];
  readonly requests: string[] = [];
  hasPages = true;
  /** Whether there is another comment on every page that is asked for. */
  endless = false;
  /** What every request is answered with, if not with what it asks for. */
  refuses: number | undefined;
  private readonly server: Server = createServer((request, response) => void this.answer(request).then(([status, content]) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  }));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => void this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => void this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<readonly [number, unknown]> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    this.requests.push(`${request.method} ${pathname}`);
    if (this.refuses !== undefined) return [this.refuses, { message: 'no' }];
    if (request.headers.authorization !== 'token secret') return [401, {}];
    const body = text && (JSON.parse(text) as Comment).body;
    const [page, limit] = [Number(searchParams.get('page')), Number(searchParams.get('limit'))];
    const own = /^\/api\/v1\/repos\/ops\/fleet\/issues\/comments\/(\d+)$/.exec(pathname)?.[1];
    if (pathname === '/api/v1/repos/ops/fleet/issues/7/comments') {
      if (request.method === 'GET' && this.endless) return [200, [{ id: page, user: human, body: '' }]];
      if (request.method === 'GET') return [200, this.hasPages ? this.comments.slice((page - 1) * limit, page * limit) : this.comments];
      this.comments.push({ id: this.comments.length + 1, user: bot, body });
      return [201, this.comments.at(-1)];
    }
    if (pathname === '/api/v1/user') return [200, bot];
    const comment = this.comments.find(({ id }) => id === Number(own));
    if (request.method !== 'PATCH' || comment === undefined) return [404, {}];
    comment.body = body;
    return [200, comment];
  }
}

let gitea: Gitea;
let url: string;
beforeEach(async () => {
  gitea = new Gitea();
  url = await gitea.start();
});
afterEach(() => gitea.stop());

/** Runs the script as the workflow does. */
function comment(text: string, env: NodeJS.ProcessEnv = {}, args = ['7']): Promise<{ readonly status: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(root, 'bin', 'comment.js'), ...args], { env: { ...process.env, GITHUB_SERVER_URL: url, GITHUB_REPOSITORY: 'ops/fleet', GITHUB_TOKEN: 'secret', ...env } },
      (_, __, stderr) => resolve({ status: child.exitCode, stderr }));
    child.stdin!.end(text);
  });
}

describe('a comment', () => {
  it('is written once, then over itself, and left alone where it says the same', async () => {
    gitea.comments.push({ id: 1, user: human, body: 'somebody else\'s' });
    expect(await comment(`${MARKER}\none`)).toEqual({ status: 0, stderr: '' });
    expect(await comment(`${MARKER}\ntwo <ü>`)).toEqual({ status: 0, stderr: '' });
    expect(await comment(`${MARKER}\ntwo <ü>`)).toEqual({ status: 0, stderr: '' });
    expect(gitea.comments.map(({ body }) => body)).toEqual(['somebody else\'s', `${MARKER}\ntwo <ü>`]);
    expect(gitea.requests.filter((request) => !request.startsWith('GET'))).toEqual(['POST /api/v1/repos/ops/fleet/issues/7/comments', 'PATCH /api/v1/repos/ops/fleet/issues/comments/2']);
  });

  it.each([true, false])('is found among many, whether the server has pages (%s) or not', async (hasPages) => {
    gitea.hasPages = hasPages;
    for (let id = 1; id <= 130; id++) gitea.comments.push({ id, user: bot, body: id === 120 ? `${MARKER}\nold` : `no ${MARKER}\n` });
    expect((await comment(`${MARKER}\nnew`)).status).toBe(0);
    expect(gitea.comments).toHaveLength(130);
    expect(gitea.comments[119]!.body).toBe(`${MARKER}\nnew`);
    gitea.comments[119]!.body = 'gone';
    expect((await comment(`${MARKER}\nnew`)).status).toBe(0);
    expect(gitea.comments).toHaveLength(131);
  });

  it('of somebody else stays as it is, also where it begins in the same way', async () => {
    gitea.comments.push({ id: 1, user: human, body: `${MARKER}\nmine` }, { id: '2/../../../keys', user: bot, body: `${MARKER}\nfalse` }, { id: 3, user: bot, body: `${MARKER} and more\n` });
    expect(await comment(`${MARKER}\none`)).toEqual({ status: 0, stderr: '' });
    expect(gitea.comments.map(({ body }) => body)).toEqual([`${MARKER}\nmine`, `${MARKER}\nfalse`, `${MARKER} and more\n`, `${MARKER}\none`]);
    expect(gitea.requests.filter((request) => !request.startsWith('GET'))).toEqual(['POST /api/v1/repos/ops/fleet/issues/7/comments']);
  });

  it('is not written where there is nothing to write, or something else', async () => {
    gitea.comments.push({ id: 1, user: bot, body: '' });
    for (const text of ['', '\n', 'x', `x\n${MARKER}\n`]) expect(await comment(text)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^comment: the text does not begin with <!-- matrix-fleet diff -->: /) });
    expect(gitea.requests).toEqual([]);
  });

  it('is looked for on so many pages and no more, however many there seem to be', async () => {
    gitea.endless = true;
    expect(await comment(`${MARKER}\none`)).toEqual({ status: 0, stderr: '' });
    expect(gitea.requests.filter((request) => request.startsWith('GET'))).toHaveLength(101);
  });

  it('that cannot be written says why and what to do, and never the token', async () => {
    gitea.refuses = 403;
    const { status, stderr } = await comment(`${MARKER}\none`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^comment: GET http.*\/api\/v1\/user was answered with 403 Forbidden; let the job's token write pull requests.*\n$/);
    expect(stderr).not.toContain('secret');
    expect(await comment(`${MARKER}\none`, { GITHUB_SERVER_URL: 'http://127.0.0.1:1' })).toMatchObject({ status: 1, stderr: expect.stringMatching(/^comment: fetch failed \(.*\)\n$/) });
    expect(await comment('x', {}, ['seven'])).toMatchObject({ status: 1, stderr: expect.stringMatching(/^comment: usage: /) });
  });
});

it('the workflow of a pull request has all of history, writes the comment in any case, and fails on findings alone', async () => {
  const { on, jobs: { comment: job } } = parse(readFileSync(join(root, '.gitea', 'workflows', 'diff.yaml'), 'utf8')) as { on: object; jobs: { comment: { steps: { uses?: string; run?: string; with?: object; env?: object }[] } } };
  expect(Object.keys(on)).toEqual(['pull_request']);
  expect(job.steps[0]).toMatchObject({ uses: expect.stringMatching(/^actions\/checkout@/), with: { 'fetch-depth': 0 } });
  const { run, env } = job.steps.at(-1)!;
  expect(Object.keys(env!).sort()).toEqual(['GITHUB_TOKEN', 'NUMBER', 'TARGET']);
  for (const [outcome, expected, comments] of [[0, 0, 1], [1, 0, 1], [2, 1, 1], [70, 1, 0]] as const) {
    gitea.comments.length = 0;
    // In the place of the program, a command that ends so; the rest is what the runner would run.
    const script = run!.replace('node bin/matrix-fleet.js', `fake`);
    const status = await new Promise((resolve) => {
      const child = execFile('bash', ['-e', '-o', 'pipefail', '-c', `fake() { echo '${MARKER}'; echo "$*"; return ${outcome}; }\n${script}`],
        { cwd: root, env: { ...process.env, RUNNER_TEMP: process.env['TMPDIR'] ?? '/tmp', GITHUB_SERVER_URL: url, GITHUB_REPOSITORY: 'ops/fleet', GITHUB_TOKEN: 'secret', NUMBER: '7', TARGET: 'origin/main' } },
        () => resolve(child.exitCode));
    });
    expect([outcome, status, gitea.comments.length]).toEqual([outcome, expected, comments]);
    expect(gitea.comments.every(({ body }) => body === `${MARKER}\ndiff --merge-base origin/main -o markdown\n`)).toBe(true);
  }
});
