#!/usr/bin/env node
'use strict';
// node bin/comment.js NUMBER < TEXT
// Writes a text as a comment of a pull request, or over the one that it wrote before: its own user's, with the same first line.
// Made for Gitea Actions, which sets GITHUB_SERVER_URL and GITHUB_REPOSITORY; GITHUB_TOKEN comes from the workflow.
const { readFileSync } = require('node:fs');

/** The first line of every text that this writes (MARKER in lib/report/markdown.ts). */
const MARKER = '<!-- matrix-fleet diff -->';

/** Comments a page, and pages: who has more comments gets another one. */
const PAGE = 50;
const MOST_PAGES = 100;

/** Milliseconds for an answer. */
const PATIENCE = 30_000;

async function main([number], { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token }, body) {
  if (!/^\d+$/.test(number ?? '') || !server || !repository || !token) {
    throw new Error('usage: node bin/comment.js NUMBER < TEXT, with GITHUB_SERVER_URL, GITHUB_REPOSITORY and GITHUB_TOKEN');
  }
  if (!body.startsWith(`${MARKER}\n`)) throw new Error(`the text does not begin with ${MARKER}: give it what matrix-fleet diff -o markdown prints`);
  const api = `${server.replace(/\/$/, '')}/api/v1`;
  const issues = `${api}/repos/${repository}/issues`;

  async function ask(method, url, content) {
    const response = await fetch(url, {
      method,
      headers: { authorization: `token ${token}`, accept: 'application/json', 'content-type': 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
      ...content && { body: JSON.stringify(content) },
    });
    if (response.ok) return response.json();
    const fix = [401, 403].includes(response.status) ? '; let the job\'s token write pull requests: permissions in the workflow, or in the settings of the repository; somebody\'s own needs write:issue and read:user' : '';
    throw new Error(`${method} ${url} was answered with ${response.status} ${response.statusText}${fix}`);
  }

  /** The comment of a user. A server that knows no pages gives the same comments again. */
  async function find(user) {
    const seen = new Set();
    for (let page = 1; page <= MOST_PAGES; page++) {
      const comments = await ask('GET', `${issues}/${number}/comments?page=${page}&limit=${PAGE}`);
      const found = comments.find((comment) => Number.isSafeInteger(comment.id) && comment.user?.id === user && comment.body.startsWith(`${MARKER}\n`));
      if (found || comments.every(({ id }) => seen.has(id))) return found;
      for (const { id } of comments) seen.add(id);
    }
  }

  const user = await ask('GET', `${api}/user`);
  const before = await find(user.id);
  if (before?.body === body) return;
  if (before) await ask('PATCH', `${issues}/comments/${before.id}`, { body });
  else await ask('POST', `${issues}/${number}/comments`, { body });
}

main(process.argv.slice(2), process.env, readFileSync(0, 'utf8')).catch((error) => {
  process.stderr.write(`comment: ${error.message}${error.cause ? ` (${error.cause.message})` : ''}\n`);
  process.exitCode = 1;
});
