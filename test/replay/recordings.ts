// The recorded histories: their endings, their folder, and the key ring that is theirs alone.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import type { VerificationResult } from '../../workflows/messages.ts';
import { fixedKey } from '../support/key-rings.ts';

const { History } = proto.temporal.api.history.v1;
type History = ReturnType<typeof History.create>;

export interface EndingFacts {
  readonly outcome: VerificationResult['outcome'];
  readonly timesTried: number;
  /** Tells whether the money was settled as the name says. */
  readonly charged: boolean;
  /** What carriers were asked, in order, where the name says that. */
  readonly asked?: readonly string[];
}

/** How each ends. */
export const endings = {
  verified: { outcome: 'Verified', timesTried: 1, charged: true },
  'verified-after-wrong': { outcome: 'Verified', timesTried: 3, charged: true },
  'failed-by-tries': { outcome: 'Failed', timesTried: 2, charged: true },
  'failed-by-delivery': { outcome: 'Failed', timesTried: 0, charged: false },
  expired: { outcome: 'Expired', timesTried: 0, charged: true },
  cancelled: { outcome: 'Cancelled', timesTried: 0, charged: true },
  'refused-by-balance': { outcome: 'Refused', timesTried: 0, charged: false },
  'unknown-then-released': { outcome: 'Expired', timesTried: 0, charged: false },
  'refused-twice-then-accepted': { outcome: 'Verified', timesTried: 1, charged: true },
  'resent-then-verified': { outcome: 'Verified', timesTried: 1, charged: true },
  'verified-with-callback': { outcome: 'Verified', timesTried: 1, charged: true },
  'verified-with-feedback': {
    outcome: 'Verified',
    timesTried: 1,
    charged: true,
    asked: ['sendCode of curious', 'reportVerified of curious'],
  },
  'failed-over': {
    outcome: 'Verified',
    timesTried: 1,
    charged: true,
    asked: ['sendCode of broken', 'sendCode of second'],
  },
  'failed-over-in-doubt': {
    outcome: 'Expired',
    timesTried: 0,
    charged: false,
    asked: [
      'sendCode of second',
      'lookUpSend of second',
      'sendCode of third',
      'lookUpSend of second',
      'lookUpSend of third',
    ],
  },
  'voice-after-sms': {
    outcome: 'Verified',
    timesTried: 1,
    charged: true,
    asked: ['sendCode of second', 'sendCode of third'],
  },
  'resent-while-waiting': {
    outcome: 'Verified',
    timesTried: 1,
    charged: true,
    asked: ['sendCode of second', 'sendCode of second'],
  },
} as const satisfies Record<string, EndingFacts>;

export type Ending = keyof typeof endings;

/** Histories of callbacks, and how often each was attempted. */
export const callbackEndings = { 'callback-at-once': 1, 'callback-paused-then-refused-once': 2 } as const;

export type CallbackEnding = keyof typeof callbackEndings;

/** The one key the histories are sealed under; it protects nothing but invented numbers. */
export const recordingKey = fixedKey('replay');

/** Part of every recorded message, to be searched for in the histories. */
export const ARGUMENT = 'Persephone-Quill';

export const folder = fileURLToPath(new URL('./histories/', import.meta.url));

export interface Recording {
  readonly file: string;
  readonly ending: Ending | CallbackEnding;
  readonly text: string;
}

// Not the SDK's historyToJSON: it refuses its own types where npm installs protobufjs more than once.
export function writtenHistory(history: object): string {
  const plain = History.toObject(History.fromObject(history), { enums: String, longs: String, bytes: String });
  return `${JSON.stringify(plain, null, 1)}\n`;
}

export function readHistory(text: string): History {
  return History.fromObject(JSON.parse(text));
}

/** Every history in the folder, of every version. */
export function readRecordings(): Recording[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => ({
    file,
    ending: file.replace(/-v\d+\.json$/, '') as Recording['ending'],
    text: readFileSync(`${folder}${file}`, 'utf8'),
  }));
}
