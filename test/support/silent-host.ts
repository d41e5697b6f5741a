// A host that drops every SYN, as a firewall does: its backlog is full, and the process that would empty it is stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const LISTENER = `const server = require('node:net').createServer(() => undefined);
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
const MOST_FILLERS = 20;

export interface SilentHost {
  readonly port: number;
  stop(): void;
}

export async function startSilentHost(): Promise<SilentHost> {
  const child = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(String(line).trim());
  child.kill('SIGSTOP');
  const fillers = await fill(port);
  return { port, stop: () => end(child, fillers) };
}

/** Connects until nobody answers any more. */
async function fill(port: number): Promise<Socket[]> {
  const fillers: Socket[] = [];
  while (fillers.length < MOST_FILLERS) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    fillers.push(socket);
    const connected = await Promise.race([
      once(socket, 'connect').then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, 400, false)),
    ]);
    if (!connected) return fillers;
  }
  throw new Error('The backlog of the silent host does not fill up');
}

function end(child: ChildProcess, fillers: readonly Socket[]): void {
  for (const socket of fillers) socket.destroy();
  child.kill('SIGKILL');
}
