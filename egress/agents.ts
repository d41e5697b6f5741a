// The connections that requests to an operator's servers are made by, each address judged where it is connected to.
import http from 'node:http';
import https from 'node:https';
import { type AllowedHosts, destinationOf, guardFor } from './allowed-hosts.ts';
import { IDLE_MS } from './exchange.ts';

/** The connections of one asker. @throws ForbiddenAddress for a URL that can lead nowhere public, and is not allowed */
export function createAgents(allowed: AllowedHosts): (url: URL) => http.Agent {
  const agents = new Map<string, http.Agent>();
  return (url) => {
    const guard = guardFor(destinationOf(url), allowed);
    const key = `${url.protocol}${guard.lookup ? ' guarded' : ''}`;
    const options = { keepAlive: true, timeout: IDLE_MS, ...guard };
    const agent = agents.get(key) ?? (url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options));
    agents.set(key, agent);
    return agent;
  };
}
