// Runs in the cluster every few minutes. The media server asks for its public address when it starts and never again: this asks a STUN
// server for the address that holds now, and where it is another than the media server was started with, starts that anew.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';

const { STUN, DEPLOYMENT, TOKEN_FILE } = process.env;
const annotation = 'matrix-fleet/public-address';
const magic = 0x2112a442;

/** A binding request and its answer (RFC 8489): the address that the server saw. */
function ask() {
  const [, host, port] = /^(.*):(\d+)$/.exec(STUN);
  const request = Buffer.concat([Buffer.from([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42]), randomBytes(12)]);
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${STUN} does not answer`)), 3000);
    const end = (settle) => (value) => {
      clearTimeout(late);
      socket.close();
      settle(value);
    };
    socket.on('error', end(reject));
    socket.on('message', (answer) => {
      const address = answer.length >= 20 && answer.subarray(8, 20).equals(request.subarray(8)) && mappedAddress(answer);
      if (address) end(resolve)(address);
    });
    socket.send(request, Number(port), host, (error) => error && end(reject)(error));
  });
}

/** The attribute XOR-MAPPED-ADDRESS, for IPv4. */
function mappedAddress(answer) {
  for (let at = 20; at + 12 <= answer.length; at += 4 + Math.ceil(answer.readUInt16BE(at + 2) / 4) * 4) {
    if (answer.readUInt16BE(at) !== 0x0020 || answer[at + 5] !== 1) continue;
    const address = (answer.readUInt32BE(at + 8) ^ magic) >>> 0;
    return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  }
  return undefined;
}

async function askPatiently(attempts) {
  try {
    return await ask();
  } catch (error) {
    if (attempts > 1) return askPatiently(attempts - 1);
    throw error;
  }
}

async function call(method, body) {
  const answer = await fetch(DEPLOYMENT, {
    method,
    headers: { authorization: `Bearer ${readFileSync(TOKEN_FILE, 'utf8').trim()}`, 'content-type': 'application/strategic-merge-patch+json' },
    ...body && { body: JSON.stringify(body) },
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`${method} ${DEPLOYMENT}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const address = await askPatiently(3);
const deployment = await call('GET');
const before = deployment?.spec.template.metadata.annotations?.[annotation];
if (deployment === undefined) console.log(`${address}; no media server is there yet`);
else if (before === address) console.log(`${address}, as before`);
else {
  await call('PATCH', { spec: { template: { metadata: { annotations: { [annotation]: address } } } } });
  console.log(`${address} in place of ${before ?? 'an unknown one'}: the media server is started anew`);
}
