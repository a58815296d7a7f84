package org.consentry.connector.parquet;

import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.consentry.connector.PartOutput;

/**
 * A part file as parquet-hadoop wants to see it. Closing the stream leaves the part file open, so
 * that it can be synced to the disk.
 */
public final class PartOutputFile implements OutputFile {

  private final PartOutput output;

  public PartOutputFile(PartOutput output) {
    this.output = output;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Stream(output);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    throw new UnsupportedOperationException("a part file is never overwritten");
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  private static final class Stream extends PositionOutputStream {

    private final PartOutput output;

    private Stream(PartOutput output) {
      this.output = output;
    }

    @Override
    public long getPos() {
      return output.size();
    }

    @Override
    public void write(int b) throws IOException {
      output.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      output.write(bytes, offset, length);
    }
  }
}
