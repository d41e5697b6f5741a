// The matrix of outcomes, places and receipts for the Messages API of Vonage.
import { describeMatrix } from './matrix/describe-matrix.ts';
import { vonageSubject } from './matrix/vonage-subject.ts';

describeMatrix('the Messages API of Vonage', vonageSubject('messages'));
