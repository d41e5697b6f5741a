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
        timestamp: '2026-11-23T21:39:10.459Z',
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
        trackingId: 'de30fdf6-5bac-4b8e-b2ad-a911511977df',
        status: 'Pending',
        updatedAt: '2026-11-23T21:39:10.528Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:44:10.487Z',
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
          trackingId: 'de30fdf6-5bac-4b8e-b2ad-a911511977df',
          recipient: '+306948530920',
          originator: 'Twostep',
          method: 'sms',
          text: 'Hello Zoe, your code is 594145',
          sentAt: '2026-11-23T21:39:10.660Z',
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
        trackingId: 'de30fdf6-5bac-4b8e-b2ad-a911511977df',
        status: 'Verified',
        updatedAt: '2026-11-23T21:39:11.503Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:44:10.487Z',
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
      answer: '594145',
    },
  },
  readStatus: {
    answers: {
      '200': {
        trackingId: 'de30fdf6-5bac-4b8e-b2ad-a911511977df',
        status: 'Verified',
        updatedAt: '2026-11-23T21:39:11.503Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:44:10.487Z',
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
        trackingId: '015d7595-e7fb-4e20-868d-d14b5bbaf531',
        status: 'Cancelled',
        updatedAt: '2026-11-23T21:39:12.622Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:44:12.442Z',
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
      applicationId: 'dc2e2fec5aafcda750ed5770',
      trackingId: 'c6c0ee42-edfe-48ba-9cac-b1c0c6d579a2',
      recipient: '+12025550199',
      status: 'Verified',
      updatedAt: '2026-11-23T21:39:09.156Z',
    },
  },
  readTimeline: {
    answers: {
      '200': {
        trackingId: 'de30fdf6-5bac-4b8e-b2ad-a911511977df',
        status: 'Verified',
        why: 'right answer at try 2',
        recipient: '+30***920',
        country: 'GR',
        method: 'sms',
        price: 0.045,
        charged: 0.045,
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
            at: '2026-11-23T21:39:10.545Z',
            event: 'opened',
            sentence:
              "Opened; 0.045 EUR reserved; may be answered until 2026-11-23T21:44:10.487Z; 6 digits, 3 retries; sender Twostep of the application's default, template of the request",
          },
          {
            at: '2026-11-23T21:39:10.671Z',
            event: 'accepted',
            sentence: 'Send 1 accepted by sandbox',
          },
          {
            at: '2026-11-23T21:39:10.728Z',
            event: 'charged',
            sentence: '0.045 EUR charged for send 1',
          },
          {
            at: '2026-11-23T21:39:11.286Z',
            event: 'wrongAnswer',
            sentence: 'Wrong answer, 3 tries left',
          },
          {
            at: '2026-11-23T21:39:11.503Z',
            event: 'verified',
            sentence: 'Verified: right answer at try 2',
          },
          {
            at: '2026-11-23T21:39:11.757Z',
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
            id: '015d7595-e7fb-4e20-868d-d14b5bbaf531:settle:1',
            number: 9,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.82,
            balanceAfter: 0.82,
            date: '2026-11-23T21:39:12.575Z',
            trackingId: '015d7595-e7fb-4e20-868d-d14b5bbaf531',
          },
          {
            id: '015d7595-e7fb-4e20-868d-d14b5bbaf531:reserve:1',
            number: 8,
            kind: 'reserve',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.82,
            date: '2026-11-23T21:39:12.507Z',
            trackingId: '015d7595-e7fb-4e20-868d-d14b5bbaf531',
          },
          {
            id: 'ff9daae1-22d8-4b5c-8cab-1c7cba6d305a:settle:1',
            number: 7,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.865,
            date: '2026-11-23T21:39:12.241Z',
            trackingId: 'ff9daae1-22d8-4b5c-8cab-1c7cba6d305a',
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
            id: 'account-3b2dd79d:topUp:1',
            source: 'Manual',
            transactionType: 'TopUp',
            amount: 1,
            status: 'Completed',
            balanceBefore: 0,
            balanceAfter: 1,
            date: '2026-11-23T21:39:10.318Z',
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
        secondsToVerify: 1.016,
      },
    },
  },
  readApplicationReport: {
    answers: {
      '200': {
        applicationId: 'ae9718d2c1560e7a129e2c1f',
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
        secondsToVerify: 1.016,
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
