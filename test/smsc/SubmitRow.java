// Writes down a submit_sm as it came, for the test to read: every field, the TLVs, the message's bytes and its text.

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;

final class SubmitRow {
  private static final int MESSAGE_PAYLOAD = 0x0424;

  final Map<String, Object> values = new LinkedHashMap<>();
  /** 1 for a message in one part. */
  final int part;
  private final byte[] body;
  private final int dataCoding;

  SubmitRow(SubmitSm submit, Client client) {
    dataCoding = submit.getDataCoding() & 0xff;
    values.put("systemId", client.systemId);
    values.put("bind", client.number);
    values.put("serviceType", given(submit.getServiceType()));
    values.put("source", address(submit.getSourceAddrTon(), submit.getSourceAddrNpi(), submit.getSourceAddr()));
    values.put("destination", address(submit.getDestAddrTon(), submit.getDestAddrNpi(), submit.getDestAddress()));
    values.put("esmClass", submit.getEsmClass() & 0xff);
    values.put("protocolId", submit.getProtocolId() & 0xff);
    values.put("priorityFlag", submit.getPriorityFlag() & 0xff);
    values.put("scheduleDeliveryTime", given(submit.getScheduleDeliveryTime()));
    values.put("validityPeriod", given(submit.getValidityPeriod()));
    values.put("registeredDelivery", submit.getRegisteredDelivery() & 0xff);
    values.put("replaceIfPresent", submit.getReplaceIfPresent() & 0xff);
    values.put("dataCoding", dataCoding);
    byte[] message = submit.getShortMessage() == null ? new byte[0] : submit.getShortMessage();
    values.put("shortMessage", Bytes.toHex(message));
    List<Map<String, Object>> tlvs = new ArrayList<>();
    for (OptionalParameter each : submit.getOptionalParameters()) {
      byte[] serialized = each.serialize();
      byte[] value = Bytes.part(serialized, 4, serialized.length);
      if ((each.tag & 0xffff) == MESSAGE_PAYLOAD) message = value;
      Map<String, Object> tlv = new LinkedHashMap<>();
      tlv.put("tag", each.tag & 0xffff);
      tlv.put("value", Bytes.toHex(value));
      tlvs.add(tlv);
    }
    values.put("tlvs", tlvs);
    Texts.UserData data = Texts.split(message, submit.getEsmClass());
    Map<String, Object> concatenation = data.concatenation();
    part = concatenation == null ? 1 : (int) concatenation.get("part");
    body = data.body();
    values.put("udh", data.header());
    values.put("concatenation", concatenation);
  }

  /** The text, once it is known what data_coding 0 means. */
  String decode(String alphabet) {
    String text = Texts.decode(body, dataCoding, alphabet);
    values.put("text", text);
    return text;
  }

  private static String given(String text) {
    return text == null ? "" : text;
  }

  private static Map<String, Object> address(byte ton, byte npi, String digits) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ton", ton & 0xff);
    result.put("npi", npi & 0xff);
    result.put("address", given(digits));
    return result;
  }
}
