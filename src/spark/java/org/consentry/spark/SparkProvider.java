package org.consentry.spark;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.consentry.export.Cluster;

/** Starts a Spark application; the service that the command line looks for. */
public final class SparkProvider implements Cluster.Provider {

  @Override
  public Cluster.Starter with(String master, Map<String, String> settings) {
    SparkConf conf = SparkSettings.of(master, settings);
    return (remark, isStopped) -> SparkCluster.start(conf.clone(), remark, isStopped);
  }
}
