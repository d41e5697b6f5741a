// Pages as the contract has them: `page` from 0, `size` up to 100, newest first.
import { z } from 'zod';
import { instantPattern, readInstant } from '../domain/instant.ts';
import type { PageRequest } from '../store/page.ts';
import { integer, optional, spelling } from './fields.ts';

const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;
const MAX_PAGE = 10_000_000;

/** A time, or a day from its first instant on; as known clients write them. */
export const instant = z
  .string('must be an ISO 8601 time')
  .meta({
    anyOf: [
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date' },
      {
        type: 'string',
        pattern: instantPattern,
        description: 'Also in double quotes, without seconds, with `+0200`, or without a zone, which is UTC then.',
        ...spelling,
      },
    ],
  })
  .transform((text, ctx) => {
    const read = readInstant(text);
    if (typeof read !== 'string') return read;
    ctx.addIssue(read);
    return z.NEVER;
  });

export const pageFields = {
  page: optional(integer(0, MAX_PAGE)).describe('Which page, counted from 0.'),
  size: optional(integer(1, MAX_SIZE)).describe(`Entries on a page; ${DEFAULT_SIZE} where none is given.`),
};

/** `from` counts, `to` does not. */
export const periodFields = {
  from: optional(instant).describe('From this time on.'),
  to: optional(instant).describe('Up to this time, which no longer counts.'),
};

export const pageOf = (asked: { page?: number | undefined; size?: number | undefined }): PageRequest => ({
  page: asked.page ?? 0,
  size: asked.size ?? DEFAULT_SIZE,
});

/** The documented envelope around entries of this kind. */
export const pageAnswer = <T extends z.ZodType>(entry: T) =>
  z.object({
    content: z.array(entry),
    totalPages: z.int().min(0),
    totalElements: z.int().min(0),
    last: z.boolean(),
    first: z.boolean(),
    numberOfElements: z.int().min(0).describe('Entries on this page.'),
    size: z.int().min(1),
    number: z.int().min(0).describe('This page, counted from 0.'),
  });

/** The envelope around one page's content. */
export function pageBody<T>(content: readonly T[], totalElements: number, { page, size }: PageRequest) {
  const totalPages = Math.ceil(totalElements / size);
  return {
    content: [...content],
    totalPages,
    totalElements,
    last: page >= totalPages - 1,
    first: page === 0,
    numberOfElements: content.length,
    size,
    number: page,
  };
}
