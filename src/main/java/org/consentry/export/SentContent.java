package org.consentry.export;

import java.io.OutputStream;
import java.util.function.Consumer;
import org.consentry.data.FlatOutput;

/**
 * Something that other processes of a run need. It has secrets and ids of patients.
 *
 * <p><b>Security promise:</b> it exists in memory and is sent on encrypted and authenticated
 * channels, or inside one machine; nothing of it is written to a disk unencrypted.
 *
 * @param name unlike that of every other content of the run
 * @param writing writes it, once
 */
public record SentContent(String name, Consumer<FlatOutput> writing) {

  /** Writes the content. */
  public void writeTo(OutputStream out) {
    writing.accept(new FlatOutput(out));
  }
}
