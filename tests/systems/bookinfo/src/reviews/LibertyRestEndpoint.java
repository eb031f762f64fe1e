// The facts of LibertyRestEndpoint.java of the Bookinfo sample.
public class LibertyRestEndpoint {
  private static final String ratings_hostname =
      System.getenv("RATINGS_HOSTNAME") == null ? "ratings" : System.getenv("RATINGS_HOSTNAME");
  private static final String ratings_service =
      String.format("http://%s:%s/ratings", ratings_hostname, "9080");

  private JsonObject getRatings(String productId) {
    ClientBuilder cb = ClientBuilder.newBuilder();
    Integer timeout = star_color.equals("black") ? 10000 : 2500;
    cb.property("com.ibm.ws.jaxrs.client.receive.timeout", timeout);
    WebTarget target = cb.build().target(ratings_service + "/" + productId);
    return target.request().get(JsonObject.class);
  }
}
