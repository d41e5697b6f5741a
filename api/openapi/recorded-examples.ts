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
        timestamp: '2026-11-23T21:50:24.103Z',
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
        trackingId: '1b69462f-5a27-4889-9f38-b68f137c62a1',
        status: 'Pending',
        updatedAt: '2026-11-23T21:50:24.131Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:55:24.114Z',
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
        properties: {
          template: 'must contain @@pin, the place of the code',
        },
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
          trackingId: '1b69462f-5a27-4889-9f38-b68f137c62a1',
          recipient: '+306948530920',
          originator: 'Twostep',
          method: 'sms',
          text: 'Hello Zoe, your code is 864651',
          sentAt: '2026-11-23T21:50:24.218Z',
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
        trackingId: '1b69462f-5a27-4889-9f38-b68f137c62a1',
        status: 'Verified',
        updatedAt: '2026-11-23T21:50:24.600Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:55:24.114Z',
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
      answer: '864651',
    },
  },
  readStatus: {
    answers: {
      '200': {
        trackingId: '1b69462f-5a27-4889-9f38-b68f137c62a1',
        status: 'Verified',
        updatedAt: '2026-11-23T21:50:24.600Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:55:24.114Z',
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
        trackingId: '9167f4bb-c80a-42a2-ada3-30a048d7b5f4',
        status: 'Cancelled',
        updatedAt: '2026-11-23T21:50:25.300Z',
        maxRetries: 3,
        expiresAt: '2026-11-23T21:55:25.095Z',
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
      applicationId: '168085f8590711bc2cb8d5e3',
      trackingId: '20415b71-3ff8-442e-9ef2-a3945d2c557e',
      recipient: '+12025550199',
      status: 'Verified',
      updatedAt: '2026-11-23T21:50:23.344Z',
    },
  },
  readTimeline: {
    answers: {
      '200': {
        trackingId: '1b69462f-5a27-4889-9f38-b68f137c62a1',
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
            at: '2026-11-23T21:50:24.147Z',
            event: 'opened',
            sentence:
              "Opened; 0.045 EUR reserved; may be answered until 2026-11-23T21:55:24.114Z; 6 digits, 3 retries; sender Twostep of the application's default, template of the request",
          },
          {
            at: '2026-11-23T21:50:24.225Z',
            event: 'accepted',
            sentence: 'Send 1 accepted by sandbox',
          },
          {
            at: '2026-11-23T21:50:24.235Z',
            event: 'charged',
            sentence: '0.045 EUR charged for send 1',
          },
          {
            at: '2026-11-23T21:50:24.520Z',
            event: 'wrongAnswer',
            sentence: 'Wrong answer, 3 tries left',
          },
          {
            at: '2026-11-23T21:50:24.600Z',
            event: 'verified',
            sentence: 'Verified: right answer at try 2',
          },
          {
            at: '2026-11-23T21:50:24.690Z',
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
            id: '9167f4bb-c80a-42a2-ada3-30a048d7b5f4:settle:1',
            number: 9,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.82,
            balanceAfter: 0.82,
            date: '2026-11-23T21:50:25.259Z',
            trackingId: '9167f4bb-c80a-42a2-ada3-30a048d7b5f4',
          },
          {
            id: '9167f4bb-c80a-42a2-ada3-30a048d7b5f4:reserve:1',
            number: 8,
            kind: 'reserve',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.82,
            date: '2026-11-23T21:50:25.176Z',
            trackingId: '9167f4bb-c80a-42a2-ada3-30a048d7b5f4',
          },
          {
            id: '4713d0b7-0d0e-4872-a739-16057c59fca8:settle:1',
            number: 7,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.865,
            date: '2026-11-23T21:50:24.801Z',
            trackingId: '4713d0b7-0d0e-4872-a739-16057c59fca8',
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
            id: 'account-ec6eca8f:topUp:1',
            source: 'Manual',
            transactionType: 'TopUp',
            amount: 1,
            status: 'Completed',
            balanceBefore: 0,
            balanceAfter: 1,
            date: '2026-11-23T21:50:24.068Z',
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
        secondsToVerify: 0.486,
      },
    },
  },
  readApplicationReport: {
    answers: {
      '200': {
        applicationId: '13c917fdb0253182eb659b41',
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
        secondsToVerify: 0.486,
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
