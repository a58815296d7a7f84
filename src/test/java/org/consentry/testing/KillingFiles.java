package org.consentry.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The file system of a process that dies at a chosen change of the disk: every write, flush,
 * rename, deletion, and creation of a file or folder is a {@link Deaths#step}. A process uses it
 * for all of {@code java.nio.file} when {@code java.nio.file.spi.DefaultFileSystemProvider} is the
 * name of this class. What goes by {@code java.io}, as the embedded database, is not seen.
 */
public final class KillingFiles extends FileSystemProvider {

  private final FileSystemProvider real;
  private final Disk disk;

  /** Over the file system that the process would have otherwise. */
  public KillingFiles(FileSystemProvider real) {
    this.real = real;
    disk = new Disk(this, real.getFileSystem(URI.create("file:///")));
  }

  /** The file system's own path. */
  static Path real(Path path) {
    return path instanceof Name name ? name.real : path;
  }

  private Path ours(Path path) {
    return new Name(disk, path);
  }

  @Override
  public String getScheme() {
    return real.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
    return real.newFileSystem(uri, environment);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return disk;
  }

  @Override
  public Path getPath(URI uri) {
    return ours(real.getPath(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path file = real(path);
    boolean isNew =
        (options.contains(StandardOpenOption.CREATE_NEW)
                || options.contains(StandardOpenOption.CREATE))
            && !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    boolean isEmptied = !isNew && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
    if (isNew || isEmptied) {
      Deaths.step("create", file);
    }
    if (isEmptied) {
      PowerLoss.changing(file);
    }
    FileChannel channel = real.newFileChannel(file, options, attributes);
    if (isNew) {
      PowerLoss.created(file);
    }
    return new Channel(file, channel);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream =
        real.newDirectoryStream(real(folder), path -> filter.accept(ours(path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> paths = stream.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return paths.hasNext();
          }

          @Override
          public Path next() {
            return ours(paths.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    Deaths.step("mkdir", real(folder));
    real.createDirectory(real(folder), attributes);
    PowerLoss.created(real(folder));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    real.createSymbolicLink(real(link), real(target), attributes);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return ours(real.readSymbolicLink(real(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    Deaths.step("unlink", real(path));
    PowerLoss.changing(real(path));
    real.delete(real(path));
    PowerLoss.deleted(real(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Deaths.step("copy", real(target));
    boolean isNew = !Files.exists(real(target), LinkOption.NOFOLLOW_LINKS);
    PowerLoss.changing(real(target));
    real.copy(real(source), real(target), options);
    if (isNew) {
      PowerLoss.created(real(target));
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Deaths.step("rename", real(target));
    PowerLoss.changing(real(target));
    real.move(real(source), real(target), options);
    PowerLoss.renamed(real(source), real(target));
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return real.isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return real.readAttributes(real(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(real(path), name, value, options);
  }

  /** The one file system. */
  private static final class Disk extends FileSystem {
    private final KillingFiles provider;
    private final FileSystem real;

    Disk(KillingFiles provider, FileSystem real) {
      this.provider = provider;
      this.real = real;
    }

    @Override
    public FileSystemProvider provider() {
      return provider;
    }

    @Override
    public void close() throws IOException {
      real.close();
    }

    @Override
    public boolean isOpen() {
      return real.isOpen();
    }

    @Override
    public boolean isReadOnly() {
      return real.isReadOnly();
    }

    @Override
    public String getSeparator() {
      return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return StreamSupport.stream(real.getRootDirectories().spliterator(), false)
          .map(provider::ours)
          .toList();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return provider.ours(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = real.getPathMatcher(pattern);
      return path -> matcher.matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return real.newWatchService();
    }
  }

  /** The name of a file, which leads back to this file system. */
  private static final class Name implements Path {
    private final Disk disk;
    private final Path real;

    Name(Disk disk, Path real) {
      this.disk = disk;
      this.real = real;
    }

    private Path ours(Path path) {
      return new Name(disk, path);
    }

    private @Nullable Path oursOrNone(@Nullable Path path) {
      return path == null ? null : ours(path);
    }

    @Override
    public FileSystem getFileSystem() {
      return disk;
    }

    @Override
    public boolean isAbsolute() {
      return real.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
      return oursOrNone(real.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
      return oursOrNone(real.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
      return oursOrNone(real.getParent());
    }

    @Override
    public int getNameCount() {
      return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
      return ours(real.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
      return ours(real.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
      return real.startsWith(real(other));
    }

    @Override
    public boolean endsWith(Path other) {
      return real.endsWith(real(other));
    }

    @Override
    public Path normalize() {
      return ours(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
      return ours(real.resolve(real(other)));
    }

    @Override
    public Path relativize(Path other) {
      return ours(real.relativize(real(other)));
    }

    @Override
    public URI toUri() {
      return real.toUri();
    }

    @Override
    public Path toAbsolutePath() {
      return ours(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
      return ours(real.toRealPath(options));
    }

    @Override
    public WatchKey register(
        WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
        throws IOException {
      return real.register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
      return real.compareTo(real(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name name && real.equals(name.real);
    }

    @Override
    public int hashCode() {
      return Objects.hash(real);
    }

    @Override
    public String toString() {
      return real.toString();
    }
  }

  /**
   * An open file. When the process dies at a write, half of the bytes are written. A flush counts
   * and takes no time: the machine of these tests goes on.
   */
  private static final class Channel extends FileChannel {
    private final Path path;
    private final FileChannel real;

    Channel(Path path, FileChannel real) {
      this.path = path;
      this.real = real;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return real.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
      return real.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      return real.read(into, at);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      try {
        Deaths.step("write", path);
      } catch (Deaths.Died died) {
        if (died.isFirst()) {
          PowerLoss.changing(path);
          real.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
        }
        throw died;
      }
      PowerLoss.changing(path);
      return real.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
      Deaths.step("write", path);
      PowerLoss.changing(path);
      return real.write(bytes, offset, length);
    }

    @Override
    public int write(ByteBuffer bytes, long at) throws IOException {
      try {
        Deaths.step("write", path);
      } catch (Deaths.Died died) {
        if (died.isFirst()) {
          PowerLoss.changing(path);
          real.write(bytes.slice(bytes.position(), bytes.remaining() / 2), at);
        }
        throw died;
      }
      PowerLoss.changing(path);
      return real.write(bytes, at);
    }

    @Override
    public long position() throws IOException {
      return real.position();
    }

    @Override
    public FileChannel position(long at) throws IOException {
      real.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      Deaths.step("truncate", path);
      PowerLoss.changing(path);
      real.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      Deaths.step("fsync", path);
      PowerLoss.flushed(path);
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
      return real.transferTo(at, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
      Deaths.step("write", path);
      PowerLoss.changing(path);
      return real.transferFrom(source, at, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
      return real.map(mode, at, size);
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) throws IOException {
      return real.lock(at, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long at, long size, boolean shared) throws IOException {
      return real.tryLock(at, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }
  }
}
