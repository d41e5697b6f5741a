// Real answers, recorded by `npm run examples:record`; never edited by hand.
import type { OperationExamples } from './examples.ts';

export const recordedExamples: Readonly<Record<string, OperationExamples>> = {
  createToken: {
    answers: {
      '200': {
        access_token: 'eyJhbGciOiJIUzI1NiIs…',
        token_type: 'bearer',
        expires_in: 3600,
        scope: '2step account',
        permissions: ['MT_ROLE_2STEP', 'MT_ROLE_ACCOUNT_FINANCE'],
      },
      '400': {
        error: 'unsupported_grant_type',
        error_description: 'Only client_credentials is supported',
      },
      '401': {
        timestamp: '2026-11-23T18:05:38.430Z',
        status: 401,
        error: 'Unauthorized',
        message: 'Unknown application id or secret',
        path: '/oauth/token',
      },
    },
    request: {
      grant_type: 'client_credentials',
    },
  },
  startVerification: {
    request: {
      method: 'sms',
      recipient: '+306948530920',
      template: 'Hello @@name, your code is @@pin',
      arguments: {
        name: 'Zoe',
      },
    },
    answers: {
      '200': {
        trackingId: '7f0ad2ce-0a08-4c50-8fbb-f4392e4eb0b0',
        status: 'Pending',
        updatedAt: '2026-11-23T18:05:38.548Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T18:10:38.465Z',
        timesTried: 0,
      },
      '400001009': {
        code: '400001009',
        developerMessage: 'Insufficient Balance.',
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: {
          recipient: 'must be + and 7 to 15 digits, in international format',
          digits: 'must be an integer from 4 to 10',
        },
      },
      '400011001': {
        code: '400011001',
        developerMessage: 'Invalid message template.',
      },
      '401000000': {
        code: '401000000',
        developerMessage: 'Missing, malformed or expired access token',
      },
      '409000000': {
        code: '409000000',
        developerMessage: 'This Idempotency-Key was used with another body',
      },
    },
  },
  readSandboxMessages: {
    answers: {
      '200': [
        {
          trackingId: '7f0ad2ce-0a08-4c50-8fbb-f4392e4eb0b0',
          recipient: '+306948530920',
          originator: 'Twostep',
          method: 'sms',
          text: 'Hello Zoe, your code is 351530',
          sentAt: '2026-11-23T18:05:38.791Z',
        },
      ],
    },
  },
  resendVerification: {
    request: {
      method: 'voice',
    },
    answers: {
      '429000000': {
        code: '429000000',
        developerMessage: 'Too many requests, see Retry-After',
      },
    },
  },
  confirmVerification: {
    answers: {
      '200': {
        trackingId: '7f0ad2ce-0a08-4c50-8fbb-f4392e4eb0b0',
        status: 'Verified',
        updatedAt: '2026-11-23T18:05:39.249Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T18:10:38.465Z',
        timesTried: 2,
      },
      '400011002': {
        code: '400011002',
        developerMessage: 'Verification is not in pending state.',
      },
      '400011004': {
        code: '400011004',
        developerMessage: 'Verification max retries reached.',
      },
      '400011005': {
        code: '400011005',
        developerMessage: 'Wrong answer provided.',
      },
      '404011006': {
        code: '404011006',
        developerMessage: "The verification with the specified tracking id doesn't exist.",
      },
    },
    request: {
      answer: '351530',
    },
  },
  readStatus: {
    answers: {
      '200': {
        trackingId: '7f0ad2ce-0a08-4c50-8fbb-f4392e4eb0b0',
        status: 'Verified',
        updatedAt: '2026-11-23T18:05:39.249Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T18:10:38.465Z',
        timesTried: 2,
      },
      '404011006': {
        code: '404011006',
        developerMessage: "The verification with the specified tracking id doesn't exist.",
      },
    },
  },
  cancelVerification: {
    answers: {
      '200': {
        trackingId: 'd0f5590c-5c54-4885-99bf-8568c230ce03',
        status: 'Cancelled',
        updatedAt: '2026-11-23T18:05:39.864Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T18:10:39.645Z',
        timesTried: 0,
      },
      '400011002': {
        code: '400011002',
        developerMessage: 'Verification is not in pending state.',
      },
    },
  },
  verificationEnded: {
    request: {
      applicationId: '33de3de9d25382ed387fd6d9',
      trackingId: '7f0ad2ce-0a08-4c50-8fbb-f4392e4eb0b0',
      recipient: '+306948530920',
      status: 'Verified',
      updatedAt: '2026-11-23T18:05:39.249Z',
    },
  },
  readTimeline: {
    answers: {
      '200': {
        trackingId: '7f0ad2ce-0a08-4c50-8fbb-f4392e4eb0b0',
        status: 'Verified',
        why: 'right answer at try 2',
        recipient: '+30***920',
        country: 'GR',
        method: 'sms',
        price: 0.045,
        currency: 'EUR',
        rules: {
          lifetimeInSeconds: 300,
          maxRetries: 3,
          digits: 6,
          originator: 'Twostep',
          originatorFrom: "the application's default",
          templateFrom: 'the request',
        },
        callback: 'delivered',
        events: [
          {
            at: '2026-11-23T18:05:38.583Z',
            event: 'opened',
            sentence:
              "Opened; 0.045 EUR reserved for 1 part; may be answered until 2026-11-23T18:10:38.465Z; 6 digits, 3 retries; sender Twostep of the application's default, template of the request",
          },
          {
            at: '2026-11-23T18:05:38.804Z',
            event: 'accepted',
            sentence: 'Send 1 accepted by sandbox in 1 part',
          },
          {
            at: '2026-11-23T18:05:38.827Z',
            event: 'charged',
            sentence: '0.045 EUR charged for send 1',
          },
          {
            at: '2026-11-23T18:05:39.194Z',
            event: 'wrongAnswer',
            sentence: 'Wrong answer, 3 tries left',
          },
          {
            at: '2026-11-23T18:05:39.249Z',
            event: 'verified',
            sentence: 'Verified: right answer at try 2',
          },
          {
            at: '2026-11-23T18:05:39.385Z',
            event: 'callback',
            sentence: 'Callback attempt 1: delivered',
          },
        ],
      },
    },
  },
  readBalance: {
    answers: {
      '200': {
        balance: 0.82,
        currency: {
          code: 'EUR',
          name: 'Euro',
          sign: '€',
        },
      },
    },
  },
  readLedger: {
    answers: {
      '200': {
        content: [
          {
            id: 'd0f5590c-5c54-4885-99bf-8568c230ce03:settle:1',
            number: 9,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.82,
            balanceAfter: 0.82,
            date: '2026-11-23T18:05:39.816Z',
            trackingId: 'd0f5590c-5c54-4885-99bf-8568c230ce03',
          },
          {
            id: 'd0f5590c-5c54-4885-99bf-8568c230ce03:reserve:1',
            number: 8,
            kind: 'reserve',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.82,
            date: '2026-11-23T18:05:39.735Z',
            trackingId: 'd0f5590c-5c54-4885-99bf-8568c230ce03',
          },
          {
            id: 'edd5830f-5ec3-45d9-ad49-63ef94df2f44:settle:1',
            number: 7,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.865,
            date: '2026-11-23T18:05:39.556Z',
            trackingId: 'edd5830f-5ec3-45d9-ad49-63ef94df2f44',
          },
        ],
        totalPages: 3,
        totalElements: 9,
        last: false,
        first: true,
        numberOfElements: 3,
        size: 3,
        number: 0,
      },
    },
  },
  readTransactions: {
    answers: {
      '200': {
        content: [
          {
            id: 'account-039bcea4:topUp:1',
            source: 'Manual',
            transactionType: 'TopUp',
            amount: 1,
            status: 'Completed',
            balanceBefore: 0,
            balanceAfter: 1,
            date: '2026-11-23T18:05:38.298Z',
            actions: [],
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 20,
        number: 0,
      },
    },
  },
  readPrices: {
    answers: {
      '200': {
        sms: [
          {
            mcc: '202',
            country: 'Greece',
            iso: 'GR',
            networks: [
              {
                network: 'All networks',
                mnc: '',
                price: 0.045,
              },
            ],
          },
        ],
        lookup: {
          PerRequest: 0,
        },
        twoStep: {
          SmsVerification: 0.045,
          VoiceVerification: 0.055,
        },
        currency: {
          code: 'EUR',
          name: 'Euro',
          sign: '€',
        },
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: {
          currency: "must be EUR, the account's currency",
        },
      },
    },
  },
  readAccountReport: {
    answers: {
      '200': {
        total: 4,
        totals: {
          Pending: 1,
          Verified: 1,
          Cancelled: 1,
          Expired: 0,
          Failed: 1,
        },
        perCountry: {
          GR: {
            Pending: 1,
            Verified: 1,
            Cancelled: 1,
            Expired: 0,
            Failed: 1,
          },
        },
        conversionRate: 0.333,
        secondsToVerify: 0.784,
      },
    },
  },
  readApplicationReport: {
    answers: {
      '200': {
        applicationId: '33de3de9d25382ed387fd6d9',
        total: 4,
        totals: {
          Pending: 1,
          Verified: 1,
          Cancelled: 1,
          Expired: 0,
          Failed: 1,
        },
        perCountry: {
          GR: {
            Pending: 1,
            Verified: 1,
            Cancelled: 1,
            Expired: 0,
            Failed: 1,
          },
        },
        conversionRate: 0.333,
        secondsToVerify: 0.784,
      },
      '404010002': {
        code: '404010002',
        developerMessage: 'Application not found.',
      },
    },
  },
  live: {
    answers: {
      '200': {
        status: 'ok',
      },
    },
  },
  ready: {
    answers: {
      '200': {
        status: 'ok',
        checks: {
          mongodb: true,
          temporal: true,
        },
      },
    },
  },
};
