// What carriers that call have in common in their settings.
import { z } from 'zod';
import { readLanguage } from '../domain/language.ts';

const seconds = (least: number, most: number) =>
  z
    .int(`must be an integer from ${least} to ${most}`)
    .min(least, `must be an integer from ${least} to ${most}`)
    .max(most, `must be an integer from ${least} to ${most}`);

const sentence = z.string('must be a text').min(1, 'must not be empty').max(200, 'must have at most 200 characters');

const prompts = z.strictObject({
  press: sentence.describe('Before a key is pressed'),
  again: sentence.describe('After the code was said'),
});

export const voiceSettings = z
  .strictObject({
    keyPress: z
      .boolean('must be true or false')
      .default(true)
      .describe('The code is said once a key was pressed, so that no mailbox records it'),
    prompts: z
      .record(
        z.string().refine((tag) => readLanguage(tag) !== undefined, 'must be a language tag such as el or pt-BR'),
        prompts,
      )
      .default({})
      .describe('What is said around the code, by language, in place of our own words'),
    ringSeconds: seconds(5, 120).default(30).describe('How long it rings'),
    mostSeconds: seconds(30, 600).default(120).describe('How long a call lasts at most'),
  })
  .prefault({});

export type VoiceSettings = z.output<typeof voiceSettings>;
