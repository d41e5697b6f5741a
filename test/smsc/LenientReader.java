// Reads PDUs as the library does, but takes a deliver_sm_resp that is a header alone: many clients refuse like that.

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;

final class LenientReader extends DefaultPDUReader {
  private static final int HEADER = 16;

  // The library looks for an empty message id there, and takes the answer for none at all where it is missing.
  @Override
  public byte[] readPDU(DataInputStream in, Command header) throws IOException {
    byte[] pdu = super.readPDU(in, header);
    boolean bare = header.getCommandId() == SMPPConstant.CID_DELIVER_SM_RESP && pdu.length == HEADER;
    return bare ? Arrays.copyOf(pdu, HEADER + 1) : pdu;
  }
}
