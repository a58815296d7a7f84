package org.consentry.spark;

import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * Our program in the process of an executor, loaded once and apart from Spark, whose libraries have
 * other versions than ours.
 */
final class ExecutorProcess {

  private static final String TASK = "org.consentry.export.ClusterTask";

  private static @Nullable Object task;

  private ExecutorProcess() {}

  /** Does a partition with the one task object of this process. */
  static byte[] run(
      List<String> libraries,
      List<String> names,
      Function<String, InputStream> contents,
      int position) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      Object loaded = task(libraries);
      thread.setContextClassLoader(loaded.getClass().getClassLoader());
      return (byte[])
          loaded
              .getClass()
              .getMethod("run", List.class, Function.class, int.class)
              .invoke(loaded, names, sentBySpark(contents, before), position);
    } catch (InvocationTargetException ended) {
      if (ended.getCause() instanceof Error error) {
        throw error;
      }
      throw failed(ended);
    } catch (ReflectiveOperationException unloadable) {
      throw failed(unloadable);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Spark reads what was sent with its own classes. */
  private static Function<String, InputStream> sentBySpark(
      Function<String, InputStream> contents, ClassLoader classes) {
    return name -> {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(classes);
      try {
        return contents.apply(name);
      } finally {
        thread.setContextClassLoader(before);
      }
    };
  }

  private static synchronized Object task(List<String> libraries)
      throws ReflectiveOperationException {
    Object known = task;
    if (known == null) {
      URL[] urls = libraries.stream().map(ExecutorProcess::url).toArray(URL[]::new);
      ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
      known = Class.forName(TASK, true, loader).getConstructor().newInstance();
      task = known;
    }
    return known;
  }

  private static URL url(String library) {
    try {
      return Path.of(SparkFiles.getRootDirectory()).resolve(library).toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw failed(impossible);
    }
  }

  private static IllegalStateException failed(Exception failure) {
    return new IllegalStateException(
        "our program cannot be loaded here: " + failure.getClass().getSimpleName());
  }
}
