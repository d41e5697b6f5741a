// The ids that India's DLT registers ask for (CONTRACT "restrictions"), as a start and an application's settings have them.
import { z } from 'zod';

// A JSON number would lose some of its digits.
const PROBLEM = 'must be a string of digits';

/** One of the ids. */
export const idOfDigits = z.string(PROBLEM).regex(/^\d{1,30}$/, PROBLEM);

/** Both ids, each by what makes a field optional there; any other member is refused by name. */
export const restrictionsOf = <T extends z.ZodType>(member: (id: typeof idOfDigits) => T) =>
  z.strictObject(
    {
      contentTemplateId: member(idOfDigits).describe('The id of the registered text.'),
      principalEntityId: member(idOfDigits).describe('The id of who sends.'),
    },
    {
      error: ({ code }) =>
        code === 'unrecognized_keys'
          ? 'is unknown; there are contentTemplateId, principalEntityId'
          : 'must be an object',
    },
  );
