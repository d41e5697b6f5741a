// An SMSC that asks for a certificate of ours sees it, and one that trusts none of it gets no password.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { createSmppCarrier } from '../../../carriers/smpp/carrier.ts';
import { smppSecrets, smppSettings } from '../../../carriers/smpp/settings.ts';
import { selfSigned } from '../../support/certificate.ts';
import { command, type RawClient, speakRaw } from '../../support/raw-smpp.ts';
import { outgoing } from '../../support/smpp-carrier.ts';

const HOST = 'smsc.test';
const [smsc, ours, anothers] = [selfSigned(HOST), selfSigned('twostep.test'), selfSigned('else.test')];

/** The name of the certificate that the SMSC saw, and what it heard; it trusts `ours` alone. */
async function bindWith(certificate: { key: string; cert: string } | undefined) {
  const heard: string[] = [];
  const server = createServer({ ...smsc, requestCert: true, rejectUnauthorized: true, ca: [ours.cert] });
  server.on('secureConnection', (socket: TLSSocket) => {
    heard.push(String(socket.getPeerCertificate().subject.CN));
    serve(speakRaw(socket)).catch(() => undefined);
  });
  async function serve(peer: RawClient): Promise<void> {
    for (;;) {
      const { command: asked, sequence, body } = await peer.next();
      if (asked === command.bindTransceiver) heard.push(body.toString('latin1').split('\0')[1] ?? '');
      peer.send({ command: asked + 0x8000_0000, sequence, body: Buffer.from('7\0') });
    }
  }
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tls = { ca: smsc.cert, servername: HOST, ...(certificate && { certificate: certificate.cert }) };
  const { port } = server.address() as AddressInfo;
  const carrier = createSmppCarrier(
    'operator',
    smppSettings.parse({ host: '127.0.0.1', port, systemId: 'twostep', tls }),
    smppSecrets.parse({ password: 'pa55word', ...(certificate && { tlsKey: certificate.key }) }),
    { takeReceipt: async () => undefined },
  );
  try {
    return { heard, sent: await carrier.send(outgoing(), 'key').catch((error: Error) => error.name) };
  } finally {
    await carrier.close?.();
    server.close();
  }
}

test.each([
  ['ours is taken', ours, ['twostep.test', 'pa55word'], { messageIds: ['7'], parts: 1 }],
  ['another is refused', anothers, [], 'CarrierFault'],
  ['none is refused', undefined, [], 'CarrierFault'],
])('%s', async (_what, certificate, heard, sent) => {
  expect(await bindWith(certificate)).toEqual({ heard, sent });
});

test('without its key it makes no carrier, and neither is in what is said', () => {
  const settings = smppSettings.parse({ host: HOST, systemId: 'twostep', tls: { certificate: ours.cert } });
  const create = () =>
    createSmppCarrier('operator', settings, { password: 'x' }, { takeReceipt: async () => undefined });
  expect(create).toThrow('settings.tls.certificate and secrets.tlsKey belong together: give both or none');
});
