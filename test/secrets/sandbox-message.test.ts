// What the sandbox keeps of a message: number and code sealed, tied to the message's id.
import { expect, test } from 'vitest';
import { openSandboxMessage, sealSandboxMessage } from '../../secrets/sandbox-message.ts';
import { fixedRing } from '../support/key-rings.ts';

const content = {
  recipient: '+306948530920',
  originator: 'Twostep',
  method: 'sms',
  text: 'Your code: 424242',
} as const;
const sealed = sealSandboxMessage(fixedRing('k1'), 'send-1', content);

test('a kept message is read again, also after a rotation', () => {
  expect(openSandboxMessage(fixedRing('k2', 'k1'), { _id: 'send-1', sealed })).toEqual(content);
});

test('a kept message shows neither number nor code, and opens under no other id and without no key', () => {
  expect(JSON.stringify(sealed)).not.toMatch(/6948530920|424242/);
  expect(Buffer.from(sealed.sealed, 'base64').includes('424242')).toBe(false);
  expect(() => openSandboxMessage(fixedRing('k1'), { _id: 'send-2', sealed })).toThrow();
  expect(() => openSandboxMessage(fixedRing('k2'), { _id: 'send-1', sealed })).toThrow(
    'The key ring does not hold key k1',
  );
});
