// What the sandbox keeps of a message, sealed: it holds a number and a code.
import type { Method } from '../domain/method.ts';
import type { KeyRing } from './key-ring.ts';
import { openText, type SealedText, sealText } from './recipient.ts';

export interface SandboxContent {
  readonly recipient: string;
  readonly originator: string;
  readonly method: Method;
  readonly text: string;
  /** Of a call. */
  readonly language?: string;
}

/** Seals a message, tied to its id. */
export function sealSandboxMessage(ring: KeyRing, id: string, content: SandboxContent): SealedText {
  return sealText(ring, JSON.stringify(content), id);
}

/** Opens a kept message. @throws Error when its key has left the ring. */
export function openSandboxMessage(ring: KeyRing, kept: { _id: string; sealed: SealedText }): SandboxContent {
  return JSON.parse(openText(ring, kept.sealed, kept._id)) as SandboxContent;
}
