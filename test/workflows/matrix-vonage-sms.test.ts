// The matrix of outcomes, places and receipts for the SMS API of Vonage.
import { describeMatrix } from './matrix/describe-matrix.ts';
import { vonageSubject } from './matrix/vonage-subject.ts';

describeMatrix('the SMS API of Vonage', vonageSubject('sms'));
