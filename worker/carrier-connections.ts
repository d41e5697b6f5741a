// Tells operators when a carrier has had no connection here for some time, and when it has one: each once.
import { type CarrierHealth, isCutOff } from '../domain/carrier.ts';
import { noteConnected, noteDisconnected } from '../store/carrier-connections.ts';
import type { Database } from '../store/database.ts';

export interface ConnectionWatch {
  /** Takes what was seen just now. What cannot be told now is told at a later look. */
  saw(health: CarrierHealth, at?: Date): Promise<void>;
}

export function createConnectionWatch(database: Pick<Database, 'carrierHealth' | 'events'>): ConnectionWatch {
  /** What was made sure of last. A worker before this one may have left an event open, so nothing is at first. */
  let told: 'connected' | 'disconnected' | undefined;
  let wanted: number | undefined;
  return {
    async saw(health, at = new Date()) {
      const { connections } = health;
      // Connections that another worker had without success may be among those that came or went.
      if (connections?.wanted !== wanted) told = undefined;
      wanted = connections?.wanted;
      if (!connections) return;
      if (isCutOff(connections, at) && told !== 'disconnected') {
        await noteDisconnected(database, health, at);
        told = 'disconnected';
      }
      if (connections.bound > 0 && told !== 'connected' && (await noteConnected(database, health, at))) {
        told = 'connected';
      }
    },
  };
}
