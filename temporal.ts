// How this service reaches Temporal: the environment variables every Temporal tool reads, by the official reader.
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** Connection options from TEMPORAL_ADDRESS, TEMPORAL_API_KEY, TEMPORAL_TLS_* (see .env.example). */
export function temporalConnection() {
  const { connectionOptions } = loadClientConnectConfig({ disableFile: true });
  return { ...connectionOptions, address: connectionOptions.address ?? '127.0.0.1:7233' };
}
