// The matrix of outcomes, places and receipts for the Voice API of Vonage.
import { describeMatrix } from './matrix/describe-matrix.ts';
import { vonageSubject } from './matrix/vonage-subject.ts';

describeMatrix('the Voice API of Vonage', vonageSubject('voice'));
