// The connections that requests to an operator's servers are made by, each address judged where it is connected to.
import http from 'node:http';
import https from 'node:https';
import { hostAndPort } from '../domain/callback-url.ts';
import { isForbiddenHost } from './addresses.ts';
import { FORBIDDEN_ADDRESS, IDLE_MS, NotSent } from './exchange.ts';
import { lookUpPublic } from './look-up.ts';

/** Where connections may lead beside the public internet: to these `host:port`, or to wherever a URL says. */
export type AllowedHosts = readonly string[] | 'anywhere';

/** The connections of one asker. @throws NotSent for a URL whose host can be nothing public and is not allowed */
export function createAgents(allowed: AllowedHosts): (url: URL) => http.Agent {
  const kept = { keepAlive: true, timeout: IDLE_MS };
  const guarded = { ...kept, lookup: lookUpPublic };
  const anywhere = { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) };
  const publicAlone = { 'http:': new http.Agent(guarded), 'https:': new https.Agent(guarded) };
  return (url) => {
    const isAllowed = isAllowedHost(url, allowed);
    // An address is not looked up, so the look-up could not refuse it.
    if (!isAllowed && isForbiddenHost(url.hostname)) throw new NotSent(FORBIDDEN_ADDRESS);
    const agents = isAllowed ? anywhere : publicAlone;
    return url.protocol === 'https:' ? agents['https:'] : agents['http:'];
  };
}

/** Whether a URL may lead wherever its host is. */
export function isAllowedHost(url: URL, allowed: AllowedHosts): boolean {
  return allowed === 'anywhere' || allowed.includes(hostAndPort(url));
}
