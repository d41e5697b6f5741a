// Kannel's smsbox as its user guide has it ("Using the HTTP interface to send SMS messages", "SMS Delivery Reports"; the sentences of
// refusals and the escapes of dlr-url as in gw/smsbox.c and gw/urltrans.c of 1.5).

import { reportTo, SECRET } from './example.ts';
import { type Answered, type Asked, type Gateway, startGateway } from './gateway.ts';

const said = (status: number, body: string, accepts = false): Answered => ({
  status,
  body,
  accepts,
  headers: { 'Content-Type': 'text/html' },
});

export const replies = {
  accepted: said(202, '0: Accepted for delivery', true),
  queued: said(202, '3: Queued for later delivery', true),
  sentAtOnce: said(202, 'Sent. Message splits: 2', true),
  notRoutable: said(403, 'Not routable. Do not try again.'),
  unauthorised: said(403, 'Authorization failed for sendsms'),
  temporal: said(503, 'Temporal failure, try again later.'),
  noReceiver: said(400, 'Missing receiver number, rejected'),
  blacklisted: said(400, 'Number(s) has/have been denied by white- and/or black-lists.'),
  misformed: (field: string) => said(400, `${field} field misformed, rejected`),
  failed: said(500, 'Sending failed. Failed receivers are: +306948530920'),
} as const;

const known = [
  'username',
  'password',
  'from',
  'to',
  'text',
  'coding',
  'charset',
  'validity',
  'smsc',
  'dlr-mask',
  'dlr-url',
];

export async function startKannel(): Promise<Gateway> {
  return await startGateway(({ method, path, query }) => {
    if (method !== 'GET' || path !== '/cgi-bin/sendsms') return said(404, 'Unknown request.');
    if (query.get('username') !== 'twostep' || query.get('password') !== SECRET) return replies.unauthorised;
    if (!query.get('to')) return replies.noReceiver;
    if (!['0', '1', '2', null].includes(query.get('coding'))) return replies.misformed('Coding');
    // Beyond seven bits it takes a text for UTF-16BE, unless it is told.
    if (query.get('coding') === '2' && query.get('charset') !== 'UTF-8') return replies.misformed('Charset or body');
    for (const number of ['validity', 'dlr-mask']) {
      if (!/^\d+$/.test(query.get(number) ?? '0')) return replies.misformed(number);
    }
    const strange = [...query.keys()].filter((name) => !known.includes(name));
    return strange.length > 0 ? said(400, `no variable of sendsms: ${strange}`) : replies.accepted;
  });
}

/** Fetches the dlr-url, its escapes filled, if the mask asks for this type: 1 delivered, 2 not, 4 buffered, 8 at the SMSC, 16 refused. */
export function kannelReport({ query }: Asked, type: 1 | 2 | 4 | 8 | 16): Asked | undefined {
  if ((Number(query.get('dlr-mask')) & type) === 0) return undefined;
  const filled = (query.get('dlr-url') ?? '').replace(/%(.)/g, (code, letter) => {
    if (letter === 'd') return String(type);
    return /[aAbBcCDfFiIkmMnoOpPqQrRsStTuvV#]/.test(letter) ? '' : code;
  });
  return reportTo(filled);
}
