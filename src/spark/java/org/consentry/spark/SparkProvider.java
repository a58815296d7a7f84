package org.consentry.spark;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.consentry.export.Cluster;

/** Starts a Spark application; the service that the command line looks for. */
public final class SparkProvider implements Cluster.Provider {

  @Override
  public Cluster start(
      String master,
      Map<String, String> settings,
      Consumer<String> remark,
      BooleanSupplier isStopped) {
    return SparkCluster.start(SparkSettings.of(master, settings), remark, isStopped);
  }
}
