// `npm run callbacks -- ...`: callbacks from the command line.
import { callbackSentence } from '../domain/callback-schedule.ts';
import { readInstant } from '../domain/instant.ts';
import { actorOf, readArguments } from './arguments.ts';
import {
  pauseCallbacks,
  type Replay,
  replayCallback,
  replayRange,
  resumeCallbacks,
  sendTestEvent,
} from './callbacks.ts';
import { runCommand } from './connect.ts';

const USAGE = `Usage:
  npm run callbacks -- replay <trackingId>
  npm run callbacks -- replay-range <applicationId> <from> <to>   (ISO 8601 times of the endings)
  npm run callbacks -- pause <applicationId>
  npm run callbacks -- resume <applicationId>
  npm run callbacks -- test <applicationId>
--as <name> says who acts; without it the user who is logged in.`;

const said: Readonly<Record<Replay, string>> = {
  started: 'is sent again',
  stillRunning: 'is still being sent',
  notEnded: 'is unknown or has not ended',
  erased: 'belongs to a person who was erased, and there is no number left to tell',
  noEndpoint: 'belongs to an application without a callback URL',
};

await runCommand(async (opened) => {
  const read = readArguments(process.argv.slice(2), { as: 'value' });
  const [command, id, from, to] = read?.words ?? [];
  if (!read || id === undefined) throw new Error(USAGE);
  const tools = { ...opened, actor: actorOf(read.flags, process.env) };
  switch (command) {
    case 'replay':
      return `The callback of ${id} ${said[await replayCallback(tools, id)]}`;
    case 'replay-range': {
      if (from === undefined || to === undefined) throw new Error(USAGE);
      const results = await replayRange(tools, id, instantOf('from', from), instantOf('to', to));
      const started = results.filter((result) => result === 'started').length;
      return `${started} of ${results.length} callbacks are sent again`;
    }
    case 'pause':
      await pauseCallbacks(tools, id);
      return `Callbacks of ${id} are held back`;
    case 'resume':
      return `Callbacks of ${id} go out again; ${await resumeCallbacks(tools, id)} were held back`;
    case 'test':
      return `The test event: ${callbackSentence(await sendTestEvent(tools, id))}`;
    default:
      throw new Error(USAGE);
  }
});

function instantOf(what: string, text: string): Date {
  const read = readInstant(text);
  if (typeof read === 'string') throw new Error(`<${what}> ${read}`);
  return read;
}
