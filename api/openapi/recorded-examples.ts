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
        timestamp: '2026-11-23T20:56:31.120Z',
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
        trackingId: '6ee8a766-6643-45a6-b927-432a3bd8b7cf',
        status: 'Pending',
        updatedAt: '2026-11-23T20:56:31.503Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:01:31.165Z',
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
          trackingId: '6ee8a766-6643-45a6-b927-432a3bd8b7cf',
          recipient: '+306948530920',
          originator: 'Twostep',
          method: 'sms',
          text: 'Hello Zoe, your code is 266951',
          sentAt: '2026-11-23T20:56:32.710Z',
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
        trackingId: '6ee8a766-6643-45a6-b927-432a3bd8b7cf',
        status: 'Verified',
        updatedAt: '2026-11-23T20:56:34.073Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:01:31.165Z',
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
      answer: '266951',
    },
  },
  readStatus: {
    answers: {
      '200': {
        trackingId: '6ee8a766-6643-45a6-b927-432a3bd8b7cf',
        status: 'Verified',
        updatedAt: '2026-11-23T20:56:34.073Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:01:31.165Z',
        timesTried: 2,
      },
      '404011006': {
        code: '404011006',
        developerMessage: "The verification with the specified tracking id doesn't exist.",
      },
    },
  },
  postReceipts: {
    request: {
      messageId: 'a7f3',
      state: 'undelivered',
      reason: 'EXPIRED',
    },
    answers: {
      '200': {
        received: 1,
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: {
          body: 'must be receipts as this type of carrier sends them',
        },
      },
      '404000000': {
        code: '404000000',
        developerMessage: 'No such path',
      },
    },
  },
  getReceipts: {
    answers: {
      '200': {
        received: 1,
      },
    },
  },
  cancelVerification: {
    answers: {
      '200': {
        trackingId: 'cccecee9-fd56-4d7d-b3d1-0856d5a8bb3c',
        status: 'Cancelled',
        updatedAt: '2026-11-23T20:56:36.570Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:01:35.934Z',
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
      applicationId: '10f114ca74967d0517c7b45d',
      trackingId: '6ee8a766-6643-45a6-b927-432a3bd8b7cf',
      recipient: '+306948530920',
      status: 'Verified',
      updatedAt: '2026-11-23T20:56:34.073Z',
    },
  },
  readTimeline: {
    answers: {
      '200': {
        trackingId: '6ee8a766-6643-45a6-b927-432a3bd8b7cf',
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
            at: '2026-11-23T20:56:31.702Z',
            event: 'opened',
            sentence:
              "Opened; 0.045 EUR reserved for 1 part; may be answered until 2026-11-23T21:01:31.165Z; 6 digits, 3 retries; sender Twostep of the application's default, template of the request",
          },
          {
            at: '2026-11-23T20:56:32.756Z',
            event: 'accepted',
            sentence: 'Send 1 accepted by sandbox in 1 part',
          },
          {
            at: '2026-11-23T20:56:33.032Z',
            event: 'charged',
            sentence: '0.045 EUR charged for send 1',
          },
          {
            at: '2026-11-23T20:56:34.001Z',
            event: 'wrongAnswer',
            sentence: 'Wrong answer, 3 tries left',
          },
          {
            at: '2026-11-23T20:56:34.073Z',
            event: 'verified',
            sentence: 'Verified: right answer at try 2',
          },
          {
            at: '2026-11-23T20:56:34.288Z',
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
            id: 'cccecee9-fd56-4d7d-b3d1-0856d5a8bb3c:settle:1',
            number: 9,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.82,
            balanceAfter: 0.82,
            date: '2026-11-23T20:56:36.415Z',
            trackingId: 'cccecee9-fd56-4d7d-b3d1-0856d5a8bb3c',
          },
          {
            id: 'cccecee9-fd56-4d7d-b3d1-0856d5a8bb3c:reserve:1',
            number: 8,
            kind: 'reserve',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.82,
            date: '2026-11-23T20:56:36.118Z',
            trackingId: 'cccecee9-fd56-4d7d-b3d1-0856d5a8bb3c',
          },
          {
            id: '40882978-66f8-4627-b776-452252dfbcdd:settle:1',
            number: 7,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.865,
            date: '2026-11-23T20:56:35.046Z',
            trackingId: '40882978-66f8-4627-b776-452252dfbcdd',
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
            id: 'account-d4bb2fa4:topUp:1',
            source: 'Manual',
            transactionType: 'TopUp',
            amount: 1,
            status: 'Completed',
            balanceBefore: 0,
            balanceAfter: 1,
            date: '2026-11-23T20:56:30.451Z',
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
        secondsToVerify: 2.908,
      },
    },
  },
  readApplicationReport: {
    answers: {
      '200': {
        applicationId: '10f114ca74967d0517c7b45d',
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
        secondsToVerify: 2.908,
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
