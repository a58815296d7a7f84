package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.LocalSparkCluster;
import org.junit.jupiter.api.Test;

/** The pages of a master that lives in the process of the command. */
final class NoPagesTest {

  @Test
  void answersNoRequest() throws Exception {
    SparkConf conf = SparkSettings.of("local-cluster[1,1,100]", Map.of());
    LocalSparkCluster cluster = LocalSparkCluster.apply(0, 1, 100, conf);
    cluster.start();
    try {
      for (String page : new String[] {"/", "/json/", "/app/?appId=1", "/static/webui.css"}) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + cluster.masterWebUIPort() + page))
                .build();

        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(page).isEqualTo(404);
        assertThat(answer.body()).as(page).doesNotContain("Workers");
      }
    } finally {
      cluster.stop();
    }
  }
}
