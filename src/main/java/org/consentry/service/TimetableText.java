package org.consentry.service;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;

/** Stores the data of a task as text in UTF-8, so that nothing is made of it but a text. */
final class TimetableText implements Serializer {

  @Override
  public byte[] serialize(Object data) {
    return String.valueOf(data).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] bytes) {
    return type.cast(new String(bytes, StandardCharsets.UTF_8));
  }
}
