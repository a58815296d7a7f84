package org.consentry.service.page;

/**
 * The answer to a request that was refused or failed.
 *
 * @param title what happened
 * @param advice what to do
 */
public record ErrorPage(String title, String advice) {

  /** The page of an HTTP status. */
  public static ErrorPage of(int status) {
    return switch (status) {
      case 400 -> new ErrorPage("Not understood", "Go back and try again.");
      case 403 ->
          new ErrorPage(
              "Not permitted",
              "Your roles do not include this page, or the form is too old: reload it and try"
                  + " again.");
      case 404 -> new ErrorPage("No such page", "Check the address.");
      case 405 -> new ErrorPage("Not possible here", "Go back and use the buttons of the page.");
      case 413 -> new ErrorPage("Too large", "A signature has at most 16 KB.");
      default ->
          new ErrorPage(
              "It did not work", "Try again. Then look at the log of the service for the reason.");
    };
  }
}
